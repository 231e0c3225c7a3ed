//! Everything that is refused about a project, in words.

use crate::{
    Code,
    problem::{FieldCode, Words},
};

pub const CLOSED: Code = Code {
    code: "project.closed",
    status: 409,
    ru: Words {
        title: "Проект закрыт",
        detail: "Закрытый проект не меняется. Посмотреть его и его документы можно.",
    },
    en: Words {
        title: "The project is closed",
        detail: "A closed project does not change. It and its papers can be read.",
    },
};
pub const BY_REQUEST: Code = Code {
    code: "project.by_request_only",
    status: 409,
    ru: Words {
        title: "Паспорт уже на Комиссии или утверждён",
        detail: "Черновик правят свободно, утверждённый паспорт меняют запросом на изменение.",
    },
    en: Words {
        title: "The passport lies before the Commission or is approved",
        detail: "A draft is edited freely; an approved passport changes by a change request.",
    },
};
pub const NOT_NOW: Code = Code {
    code: "project.not_now",
    status: 409,
    ru: Words {
        title: "Сейчас этого сделать нельзя",
        detail: "Проект в другом состоянии. Обновите страницу и посмотрите, что можно сделать.",
    },
    en: Words {
        title: "This cannot be done now",
        detail: "The project is in another state. Reload the page and see what can be done.",
    },
};
pub const NO_FACTS: Code = Code {
    code: "project.no_facts_now",
    status: 409,
    ru: Words {
        title: "Сейчас фактов не вносят",
        detail: "Факты, платежи и подтверждения вносят, пока утверждённый проект исполняется.",
    },
    en: Words {
        title: "No facts are entered now",
        detail: "Facts, payments and evidence are entered while an approved project is executed.",
    },
};
pub const CHANGE_PENDING: Code = Code {
    code: "project.change_pending",
    status: 409,
    ru: Words {
        title: "На Комиссии лежит запрос на изменение",
        detail: "Дождитесь решения по нему, потом измените паспорт.",
    },
    en: Words {
        title: "A change request lies before the Commission",
        detail: "Wait for its decision, then change the passport.",
    },
};
pub const UNSOUND: Code = Code {
    code: "project.unsound",
    status: 422,
    ru: Words {
        title: "Паспорт с такими данными сохранить нельзя",
        detail: "Исправьте названное и сохраните ещё раз.",
    },
    en: Words {
        title: "A passport like this cannot be saved",
        detail: "Correct what is named and save again.",
    },
};
pub const BEGUN: Code = Code {
    code: "project.begun_already",
    status: 409,
    ru: Words {
        title: "Проект уже идёт",
        detail: "Новый проект можно начать, когда этот закрыт или отклонён.",
    },
    en: Words {
        title: "A project is under way",
        detail: "A new one can be begun once this one is closed or rejected.",
    },
};
pub const SIGNED: Code = Code {
    code: "project.period_signed",
    status: 409,
    ru: Words {
        title: "Период подписан",
        detail: "Подписанное меняет ответственный исполнитель: с причиной, и это становится новой редакцией.",
    },
    en: Words {
        title: "The period is signed",
        detail: "What is signed is corrected by the responsible executor, with a reason, as a new revision.",
    },
};
pub const NOT_HELD: Code = Code {
    code: "project.event_not_held",
    status: 409,
    ru: Words {
        title: "Это мероприятие ещё не прошло",
        detail: "Подтверждением служит мероприятие, которое состоялось.",
    },
    en: Words {
        title: "This event was not held yet",
        detail: "Evidence is an event that took place.",
    },
};
pub const NOT_REACHED: Code = Code {
    code: "project.indicator_not_reached",
    status: 409,
    ru: Words {
        title: "Показатель в этом квартале не достигнут",
        detail: "Факт меньше плана, или одного из них нет.",
    },
    en: Words {
        title: "The indicator was not reached in this quarter",
        detail: "The fact is below the plan, or one of them is missing.",
    },
};
pub const NO_EVIDENCE: Code = Code {
    code: "project.no_evidence",
    status: 409,
    ru: Words {
        title: "Нет подтверждения",
        detail: "Достигнутая контрольная точка подтверждается: мероприятием, документом, показателем или словами.",
    },
    en: Words {
        title: "There is no evidence",
        detail: "A reached checkpoint is proved by an event, a document, an indicator or in words.",
    },
};
pub const VALUE_UNPROVED: Code = Code {
    code: "project.value_unproved",
    status: 409,
    ru: Words {
        title: "Значение не подтверждено",
        detail: "Приложите к нему мероприятие, документ или достигнутый показатель.",
    },
    en: Words {
        title: "The value is not proved",
        detail: "Add an event, a document or a reached indicator to it.",
    },
};
pub const TOO_MANY: Code = Code {
    code: "project.too_many",
    status: 409,
    ru: Words {
        title: "Записей уже слишком много",
        detail: "Удалите лишние или объедините несколько в одну.",
    },
    en: Words {
        title: "There are too many records already",
        detail: "Remove some, or put several into one.",
    },
};
pub const NOTHING_CHANGES: Code = Code {
    code: "project.nothing_changes",
    status: 409,
    ru: Words {
        title: "Запрос ничего не меняет",
        detail: "Измените в паспорте то, ради чего нужен запрос.",
    },
    en: Words {
        title: "The request changes nothing",
        detail: "Change in the passport what the request is for.",
    },
};
pub const CHECKPOINT_USED: Code = Code {
    code: "project.checkpoint_used",
    status: 409,
    ru: Words {
        title: "У контрольной точки есть подтверждения",
        detail: "Её номер должен остаться в паспорте.",
    },
    en: Words {
        title: "A checkpoint has evidence",
        detail: "Its number has to stay in the passport.",
    },
};

pub const CODES: &[Code] = &[
    CLOSED,
    BY_REQUEST,
    NOT_NOW,
    NO_FACTS,
    CHANGE_PENDING,
    UNSOUND,
    BEGUN,
    SIGNED,
    NOT_HELD,
    NOT_REACHED,
    NO_EVIDENCE,
    VALUE_UNPROVED,
    TOO_MANY,
    NOTHING_CHANGES,
    CHECKPOINT_USED,
];

pub const EARLIER: FieldCode = FieldCode {
    code: "project.earlier",
    ru: "Это раньше предыдущего шага проекта. Проверьте дату.",
    en: "This is before the last step of the project. Check the date.",
};
pub const DUE: FieldCode = FieldCode {
    code: "project.due_early",
    ru: "Срок раньше самого решения. Проверьте дату.",
    en: "The term ends before the decision. Check the date.",
};
pub const AMOUNT: FieldCode = FieldCode {
    code: "project.amount",
    ru: "Введите сумму больше нуля.",
    en: "Enter an amount greater than zero.",
};
pub const VALUE: FieldCode = FieldCode {
    code: "project.value",
    ru: "Введите число от нуля, доля не больше 100.",
    en: "Enter a number from zero; a share is at most 100.",
};

pub const FIELD_CODES: &[FieldCode] = &[EARLIER, DUE, AMOUNT, VALUE];
