import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { lookOf } from '../../src/domain/button-look.ts';

/** The names of labels, and what they say. */
const labels = readdirSync('src/texts/ru')
  .flatMap((file) => [...readFileSync(`src/texts/ru/${file}`, 'utf8').matchAll(/^(button-[a-z-]+) = (.+)$/gm)])
  .map(([, name = '', said = '']) => ({ name, said }));

const named = (look: string) => labels.filter(({ name }) => lookOf(name).look === look).map(({ said }) => said);

test('what pays is green: by card, by СБП; a QR code is only shown', () => {
  expect(named('pays')).toEqual(['Оплатить через СБП', 'Оплатить картой', 'Оплатить · { $label }']);
});

test('whatever says that something is gone after it is red, and no other', () => {
  const gone = labels.filter(({ said }) =>
    /удалить|отозвать согласие|^отключить|закрыть доступ|закрыть новое|отменить загрузку|^да, (?!целиком)/i.test(said),
  );
  expect(named('destroys').toSorted()).toEqual(gone.map(({ said }) => said).toSorted());
});
