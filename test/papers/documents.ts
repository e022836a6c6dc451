import type { Charge } from '../../src/domain/charge.ts';
import type { PaymentDocument } from '../../src/domain/payment-document.ts';
import { charge } from '../kit/charge.ts';

/** Payment documents of made-up accounts, for what is drawn. */

export const PAYEE = {
  name: 'АО ВЦ «Инкомус»',
  inn: '6154000016',
  account: '40702810900000012345',
  bank: 'Приморский банк ПАО «Миус-Кредит»',
  bic: '046015999',
  corrAccount: '30101810600000000999',
} as const;

type Sums = Partial<Record<'opening' | 'charged' | 'recalculated' | 'benefit' | 'penalty' | 'paid', number>>;

/** A line whose «К оплате» is reckoned from its other sums, as billing does. */
export function line(service: string, sums: Sums, rest: Partial<Charge> = {}): Charge {
  const { opening = 0, charged = 0, recalculated = 0, benefit = 0, penalty = 0, paid = 0 } = sums;
  return charge({
    service,
    openingKopecks: opening,
    chargedKopecks: charged,
    recalculatedKopecks: recalculated,
    benefitKopecks: benefit,
    penaltyKopecks: penalty,
    paidKopecks: paid,
    dueKopecks: opening + charged + recalculated - benefit + penalty - paid,
    ...rest,
  });
}

const KEEPING = { supplier: 'ООО «УК Якорь»', unit: 'кв.м', volume: '76.3', tariff: '24.18' };
const COLD = { supplier: 'МУП «Миусводоканал»', unit: 'куб.м', volume: '13.500', tariff: '45.79', norm: '4.5' };
const HOT = { supplier: 'АО «Приморсктепло»', unit: 'куб.м', volume: '9.6', tariff: '218.30', norm: '3.2' };
const SEWAGE = { supplier: 'МУП «Миусводоканал»', unit: 'куб.м', volume: '23.1', tariff: '35.4', norm: '7.7' };
const HEATING = { supplier: 'АО «Приморсктепло»', unit: 'Гкал', volume: '1.763', tariff: '3180.28', norm: '0.0231' };
const WASTE = { supplier: 'ООО «Чистый берег»', unit: 'чел.', volume: '3', tariff: '138.71', norm: '1' };
const REPAIR = { supplier: 'Фонд капитального ремонта', unit: 'кв.м', volume: '76.3', tariff: '14.27' };
const POWER = { supplier: 'АО «Миусэнергосбыт»', unit: 'кВт·ч', volume: '207', tariff: '7.41' };

/** Eight services, everything paid in time. */
export const PLAIN: PaymentDocument = {
  period: '2026-10',
  latestPeriod: '2026-10',
  accountNumber: '001010011',
  unifiedNumber: '61БВ100000',
  payer: {
    name: 'Кузьменко Игорь Олегович',
    address: 'г. Приморск-на-Миусе, ул. Набережная, д. 4, кв. 1',
    area: '76.3',
    residents: 3,
  },
  centre: {
    name: 'АО ВЦ «Инкомус»',
    address: 'г. Приморск-на-Миусе, ул. Портовая, д. 12',
    hours: ['пн–пт 8:00–19:00', 'сб 8:00–15:00', 'вс выходной'],
    phones: [
      { number: '+7 (8634) 00-00-01', about: 'справочная' },
      { number: '+7 (8634) 00-00-02', about: 'показания счётчиков' },
    ],
    emergency: [{ number: '112', about: 'круглосуточно' }],
    email: 'info@example.org',
    site: 'https://inkomus.ru/',
  },
  performers: [
    {
      name: 'ООО «УК Якорь»',
      address: 'ул. Портовая, д. 3',
      phone: '+7 (8634) 00-01-01',
      hours: 'пн–пт 9:00–18:00',
      emergency: '+7 (8634) 00-01-99',
    },
    { name: 'МУП «Миусводоканал»', address: null, phone: '+7 (8634) 00-02-02', hours: null, emergency: null },
  ],
  payee: PAYEE,
  payBy: '2026-11-15',
  lastPayment: { day: '2026-10-09', sumKopecks: 833_055 },
  lines: [
    line('Содержание жилого помещения', { opening: 184_493, charged: 184_493, paid: 184_493 }, KEEPING),
    line('Холодное водоснабжение', { opening: 56_201, charged: 61_817, paid: 56_201 }, COLD),
    line('Горячее водоснабжение', { opening: 190_522, charged: 209_568, paid: 190_522 }, HOT),
    line('Водоотведение', { opening: 74_336, charged: 81_774, paid: 74_336 }, SEWAGE),
    line('Отопление', { charged: 560_683 }, HEATING),
    line('Обращение с ТКО', { opening: 38_562, charged: 41_613, paid: 38_562 }, WASTE),
    line('Взнос на капитальный ремонт', { opening: 108_880, charged: 108_880, paid: 108_880 }, REPAIR),
    line('Электроснабжение', { opening: 180_176, charged: 153_387, paid: 180_176 }, POWER),
  ],
  meters: [
    {
      number: '59907451',
      scale: '',
      service: 'Холодное водоснабжение',
      previous: { value: '36021.452', day: '2026-09-21' },
      value: '36034.952',
      valueDay: '2026-10-21',
      used: '13.5',
      verificationDue: '2029-01-18',
    },
    {
      number: '54623752',
      scale: '',
      service: 'Горячее водоснабжение',
      previous: { value: '80651.736', day: '2026-09-21' },
      value: '80661.336',
      valueDay: '2026-10-21',
      used: '9.6',
      verificationDue: '2026-08-17',
    },
    {
      number: '0137717714',
      scale: 'день',
      service: 'Электроснабжение',
      previous: null,
      value: '427068',
      valueDay: '2026-10-21',
      used: null,
      verificationDue: '2036-05-05',
    },
    {
      number: '0137717714',
      scale: 'ночь',
      service: 'Электроснабжение',
      previous: { value: '143812', day: '2026-09-21' },
      value: '143950.15',
      valueDay: '2026-10-21',
      used: '138.15',
      verificationDue: '2036-05-05',
    },
  ],
  dataDay: '2026-11-03',
};

/** Three months owed, penalties, recalculations up and down, benefits. */
export const IN_DEBT: PaymentDocument = {
  ...PLAIN,
  accountNumber: '0012345678',
  lastPayment: { day: '2026-07-14', sumKopecks: 500_000 },
  lines: [
    line('Содержание жилого помещения', { opening: 1_553_479, charged: 184_493, penalty: 18_211 }, KEEPING),
    line(
      'Холодное водоснабжение',
      { opening: 1_168_603, charged: 61_817, recalculated: -14_268, benefit: 20_001, penalty: 2_042 },
      { ...COLD, grounds: 'Перерасчет по показаниям счетчика' },
    ),
    line('Горячее водоснабжение', { opening: 571_566, charged: 209_568, penalty: 6_801, paid: 100 }, HOT),
    line(
      'Отопление',
      { opening: 2_015_322, charged: 560_683, recalculated: 31_207, penalty: 999 },
      {
        ...HEATING,
        grounds: 'Корректировка по общедомовому прибору учёта за отопительный сезон 2025–2026 годов, акт № 117 от 02.10.2026',
      },
    ),
    line('Электроснабжение', { opening: 540_528, charged: 153_387, penalty: 5_317 }, POWER),
  ],
};

/** More was paid than charged, and billing names one supplier and no meters. */
export const OVERPAID: PaymentDocument = {
  ...PLAIN,
  accountNumber: '77777',
  unifiedNumber: null,
  lines: [
    line('Холодное водоснабжение', { opening: -100_000, charged: 61_817, paid: 50_000 }, { ...COLD, norm: null }),
    line('Водоотведение', { opening: -12_345, charged: 81_774 }, { ...SEWAGE, norm: null }),
  ],
  meters: [],
};

/** 60 letters with quotes and signs that markup would take for its own; all that may be absent is. */
export const LONG_NAME: PaymentDocument = {
  ...PLAIN,
  unifiedNumber: null,
  payer: {
    name: 'Товарищество «"Свои" & <Соседи> Приморска-на-Миусе 1-я линия»',
    address:
      'Муниципальное образование «Приморск-на-Миусе», территория садоводческого некоммерческого товарищества «Берёзовая роща у Миусского лимана», ул. 2-я Железнодорожная, д. 117/3, корп. 12, лит. АБ, кв. 1408, комн. 3',
    area: null,
    residents: null,
  },
  payee: { ...PAYEE, name: 'Акционерное общество «Вычислительный центр | „Инкомус“ ~ расчёты & платежи» <Приморск>' },
  lastPayment: null,
  dataDay: null,
};

/** 25 services of several suppliers, with norms and recalculations. */
export const CROWDED: PaymentDocument = {
  ...PLAIN,
  accountNumber: '00000000000000000025',
  lines: Array.from({ length: 25 }, (_, index) =>
    line(
      `Услуга ${index + 1}: содержание и текущий ремонт общего имущества`,
      {
        opening: 12_345_67 * (index + 1),
        charged: 98_765_43 + index,
        recalculated: index % 3 === 0 ? -1_234_56 - index : 0,
        benefit: index % 5 === 0 ? 543_21 : 0,
        penalty: 7 * index,
        paid: 111_11 * index,
      },
      {
        supplier: ['ООО «УК Якорь»', 'МУП «Миусводоканал»', 'АО «Приморсктепло»'][index % 3] ?? '',
        unit: ['кв.м', 'куб.м', 'кВт·ч'][index % 3] ?? null,
        volume: `${100 + index}.125`,
        tariff: `${1000 + index}.5`,
        norm: index % 2 === 0 ? `${index + 1}.04` : null,
        grounds: index % 3 === 0 ? `Снижение качества, акт № ${index + 1}` : null,
      },
    ),
  ),
};

/** Nothing was charged, nothing is owed: the account's first, empty month. */
export const ZERO: PaymentDocument = {
  ...PLAIN,
  accountNumber: '00000',
  lastPayment: null,
  lines: [line('Содержание жилого помещения', {}, { supplier: 'ООО «УК Якорь»' })],
  meters: [],
};

/** A period after which others were charged. */
export const OLDER: PaymentDocument = { ...PLAIN, period: '2026-07', payBy: '2026-08-15' };

/** The operator has given no requisites yet. */
export const WITHOUT_PAYEE: PaymentDocument = { ...PLAIN, payee: null };

/** Three services of one supplier, no meters: a small bill. */
export const THREE: PaymentDocument = { ...PLAIN, lines: PLAIN.lines.slice(0, 3), meters: [] };

/** Ten services, two of them of the house as a whole, six scales of meters. */
export const TEN: PaymentDocument = {
  ...PLAIN,
  lines: [
    ...PLAIN.lines,
    line(
      'Холодное водоснабжение на СОИ',
      { opening: 1_201, charged: 1_310, paid: 1_201 },
      { ...COLD, volume: '0.286', norm: '0.02' },
    ),
    line('Электроэнергия на содержание общего имущества', { charged: 8_207 }, { ...POWER, volume: '11.08' }),
  ],
  meters: [...PLAIN.meters, ...PLAIN.meters.slice(0, 2).map((meter) => ({ ...meter, number: `1${meter.number}` }))],
};
