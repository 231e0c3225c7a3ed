import { expectAccessible } from '../harness/axe';
import { phone } from '../harness/browser';
import { expect, test } from '../harness/test';
import { Call } from '../pages/call';
import { chooser, field, pickInstitution } from '../pages/forms';
import { filled, words } from '../pages/words';
import { PreJoin } from '../pages/pre-join';

const { event, room, school_class } = words;
const run = Date.now().toString(36);

interface Planned {
  readonly id: string;
  readonly title: string;
  readonly room: { readonly id: string; readonly code: string; readonly url: string };
}

test('a lesson begins when the consents are ticked off, and a pupil is a number to everybody but the teacher', async ({
  open,
  api,
}) => {
  const teacher = await open('teacher');
  const own = await api('teacher');
  const start = Date.now() + 5 * 60_000;
  const lesson = await own.json<Planned>(
    own.send('POST', '/api/events', {
      title: `Дроби ${run}`,
      kind: 'lesson',
      // Its class takes part by the door of a meeting; consents alone keep it out.
      mode: 'meeting',
      startsAt: new Date(start).toISOString(),
      endsAt: new Date(start + 45 * 60_000).toISOString(),
      lobby: 'guests',
      guestsAllowed: false,
    }),
  );
  const label = `7 «Б» ${run}`;
  const me = await own.json<{ person: { id: string } }>(own.get('/api/me'));
  const card = await own.json<{ employments: { institutionName: string }[] }>(own.get(`/api/people/${me.person.id}`));
  const school = card.employments[0]?.institutionName ?? '';

  await test.step('the teacher makes a class out of a pasted list', async () => {
    await teacher.goto('/classes');
    await teacher.getByRole('button', { name: school_class.add }).first().click();
    await field(teacher, school_class.label).fill(label);
    await pickInstitution(teacher, school);
    await teacher.getByRole('button', { name: school_class.make }).click();
    await expect(teacher.getByRole('heading', { level: 1 })).toHaveText(filled(school_class.title, { label }));
    await field(teacher, school_class.list.label).fill('1. Тихонова Ева\n2. Кленов Пётр');
    await teacher.getByRole('button', { name: school_class.list.add }).click();
    await expect(teacher.getByText('2. Кленов Пётр')).toBeVisible();
    await expectAccessible(teacher, 'a class');
  });

  await test.step('one consent is ticked off, and the form goes on to the next pupil', async () => {
    await teacher.getByRole('button', { name: filled(school_class.consent.tickName, { name: 'Тихонова Ева' }) }).click();
    await field(teacher, school_class.consent.by).fill('Тихонова Мария Ивановна');
    await teacher.getByRole('button', { name: school_class.consent.save }).click();
    await expect(teacher.getByRole('status').filter({ hasText: filled(school_class.consent.count, { given: 1, total: 2 }) })).toBeVisible();
    await expect(field(teacher, school_class.consent.by)).toHaveValue('');
  });

  await test.step('the lesson takes the class and says what is missing', async () => {
    await teacher.goto(`/meetings/${lesson.id}`);
    await chooser(teacher, event.lesson.choose).first().click();
    await teacher.getByRole('option', { name: new RegExp(label) }).click();
    await expect(teacher.getByText(filled(event.lesson.count, { given: 1, total: 2 }))).toBeVisible();
    await expectAccessible(teacher, 'a lesson');
  });

  const classes = await own.json<{ items: { id: string; label: string }[] }>(own.get('/api/school-classes'));
  const mine = classes.items.find((one) => one.label === label);
  const page = await own.json<{ pupils: { id: string; code: string }[] }>(own.get(`/api/school-classes/${mine?.id}`));

  await test.step('nobody gets in before the consents are whole, and the page says why', async () => {
    await teacher.goto(`/r/${lesson.room.code}`);
    const door = new PreJoin(teacher);
    await door.button.click();
    await expect(teacher.getByTestId('banner')).toContainText('1 из 2');
  });

  await test.step('the last consent lets the waiting teacher in by itself', async () => {
    const second = page.pupils[1];
    await own.json(
      own.send('PUT', `/api/school-classes/${mine?.id}/pupils/${second?.id}/consent`, {
        givenOn: '2026-09-01',
        givenBy: 'Кленова Ольга',
      }),
    );
    await expect(teacher.getByTestId('banner')).toBeEmpty({ timeout: 30_000 });
  });

  const child = await open('anonymous', { context: phone });
  await test.step('a pupil comes in by a code, without a name', async () => {
    await child.goto(`/r/${lesson.room.code}#${page.pupils[0]?.code ?? ''}`);
    await expect(child.getByLabel(room.pupil.code)).toHaveValue(page.pupils[0]?.code ?? '');
    await expectAccessible(child, 'the door of a lesson');
    await new PreJoin(child).enter();
  });

  await test.step('the teacher reads the name beside the number, a colleague the number alone', async () => {
    const list = await new Call(teacher).openPeople();
    await expect(list.getByRole('listitem').filter({ hasText: 'Ученик 1' })).toContainText('Тихонова Ева');
    const colleague = await open('methodist');
    const call = await PreJoin.open(colleague, lesson).then((door) => door.enter());
    await expect((await call.openPeople()).getByRole('listitem').filter({ hasText: 'Ученик 1' })).toBeVisible();
    await expect(colleague.locator('body')).not.toContainText('Тихонова');
  });

  await test.step('a consent that is withdrawn is told to the teacher and cuts nobody', async () => {
    await own.send('DELETE', `/api/school-classes/${mine?.id}/pupils/${page.pupils[0]?.id ?? ''}/consent`);
    await expect(teacher.getByTestId('banner')).toContainText(filled(room.banner.consents.withdrawn, { number: 1 }));
    await expect(child.getByTestId('call')).toBeVisible();
  });
});
