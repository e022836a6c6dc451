import type { Dice } from './dice.ts';

export const TOWN = 'г. Приморск-на-Миусе';

type Street = { name: string; houses: readonly { house: string; flats?: number }[] };

const privateHouses = (from: number, to: number): Street['houses'] =>
  Array.from({ length: to - from + 1 }, (_, index) => ({ house: String(from + index) }));

/** Blocks of flats near the harbour, private houses above it. There is no such town. */
export const STREETS: readonly Street[] = [
  {
    name: 'ул. Лоцманская',
    houses: [
      { house: '4', flats: 32 },
      { house: '6/2', flats: 24 },
      { house: '8А', flats: 20 },
    ],
  },
  {
    name: 'пр-т Корабельный',
    houses: [
      { house: '11', flats: 48 },
      { house: '13, корп. 2', flats: 36 },
    ],
  },
  { name: 'пер. Якорный', houses: privateHouses(1, 38) },
  { name: 'ул. Степная', houses: privateHouses(2, 51) },
  { name: 'пер. Вишневый', houses: privateHouses(1, 30) },
  { name: 'ул. Бондарная', houses: privateHouses(7, 30) },
];

const SURNAMES =
  'Баркасов Вершинин Гаванцев Дубравин Еремеев Заливной Ивлев Камышов Лиманов Маяков Набережнев Отмелев Парусов Рыбников Сазанов Тихомиров Утёсов Фарватеров Хлебников Чайкин Шлюпкин Щукарёв Юнгин Якорев'.split(
    ' ',
  );
const MEN = 'Алексей Борис Виктор Глеб Денис Егор Илья Леонид Максим Никита Пётр Роман Степан Тимур Фёдор'.split(' ');
const WOMEN = 'Алла Вера Галина Дарья Елена Жанна Зоя Ирина Ксения Лидия Марина Нина Ольга Полина Тамара'.split(' ');
const FATHERS =
  'Андреев Борисов Викторов Григорьев Дмитриев Егоров Захаров Иванов Кириллов Львов Макаров Олегов Павлов Семёнов'.split(' ');

/** A name of nobody. */
export function makeName(dice: Dice): string {
  const surname = dice.pick(SURNAMES);
  if (dice.percent(48)) return `${surname} ${dice.pick(MEN)} ${dice.pick(FATHERS)}ич`;
  const feminine = surname.endsWith('ой') ? `${surname.slice(0, -2)}ая` : `${surname}а`;
  return `${feminine} ${dice.pick(WOMEN)} ${dice.pick(FATHERS)}на`;
}
