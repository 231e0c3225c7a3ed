import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { FormQuestion, RegistrationAnswers } from '@/shared/api';
import { Checkbox, Radio, Stack, Textarea } from '@/shared/ui';

type Props = {
  questions: FormQuestion[];
  value: RegistrationAnswers;
  onChange: (answers: RegistrationAnswers) => void;
  /** What the server said, by field. */
  refused: Record<string, string>;
};

/** The organiser's own questions. */
export function AnswerFields({ questions, value, onChange, refused }: Props) {
  const { t } = useTranslation('registration');
  return (
    <>
      {questions.map((question) => {
        const given = value[question.id];
        const set = (answer: RegistrationAnswers[string]) => onChange({ ...value, [question.id]: answer });
        const field = {
          label: question.text,
          required: question.required ?? false,
          error: refused[`answers.${question.id}`],
        };
        const options = question.options ?? [];
        switch (question.kind) {
          case 'text':
            return (
              <Textarea
                key={question.id}
                {...field}
                autosize
                maxLength={2000}
                value={typeof given === 'string' ? given : ''}
                onChange={(event) => set(event.currentTarget.value)}
              />
            );
          case 'choice':
            return (
              <Radio.Group key={question.id} {...field} value={typeof given === 'string' ? given : null} onChange={set}>
                <Choices>
                  {options.map((option) => (
                    <Radio key={option} size="md" value={option} label={option} />
                  ))}
                </Choices>
              </Radio.Group>
            );
          case 'several':
            return (
              <Checkbox.Group key={question.id} {...field} value={Array.isArray(given) ? given : []} onChange={set}>
                <Choices>
                  {options.map((option) => (
                    <Checkbox key={option} size="md" value={option} label={option} />
                  ))}
                </Choices>
              </Checkbox.Group>
            );
          case 'yes_no':
            return (
              <Radio.Group
                key={question.id}
                {...field}
                value={typeof given === 'boolean' ? String(given) : null}
                onChange={(answer) => set(answer === 'true')}
              >
                <Choices>
                  <Radio size="md" value="true" label={t('yes')} />
                  <Radio size="md" value="false" label={t('no')} />
                </Choices>
              </Radio.Group>
            );
        }
      })}
    </>
  );
}

function Choices({ children }: { children: ReactNode }) {
  return (
    <Stack gap="xs" mt="xs">
      {children}
    </Stack>
  );
}
