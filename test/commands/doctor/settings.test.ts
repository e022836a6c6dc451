import { expect, test } from 'vitest';
import { MISTAKES_OF_SETTINGS } from './mistakes/settings.ts';
import { testMistakes, textOf, useStage } from './stage.ts';

const stage = useStage();

testMistakes(stage, MISTAKES_OF_SETTINGS);

test('all that stops a start is named at once: settings, the centre’s file line by line, the address', async () => {
  const file = await stage().written('wrong.json', JSON.stringify({ ...stage().own, site: 'x', email: 'y' }, undefined, 1));
  const findings = await stage().findingsOf({ env: { STAFF_CHAT_ID: '7', PORT: 'x', CENTRE_FILE: file, HOST: '192.0.2.1' } });
  expect(textOf(findings).split('\n')).toEqual([
    expect.stringMatching(/^fault настройки: STAFF_CHAT_ID: нужен номер группы/),
    expect.stringMatching(/^fault настройки: PORT: нужно целое число/),
    expect.stringMatching(/^fault CENTRE_FILE: \S+wrong\.json, строка \d+: email: нужен адрес электронной почты$/),
    expect.stringMatching(/^fault CENTRE_FILE: \S+wrong\.json, строка \d+: site: нужен адрес/),
    expect.stringMatching(/^fault HOST: такого адреса у этой машины нет/),
  ]);
});
