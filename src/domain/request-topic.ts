/** What a request may be about: `words` are beginnings of words by which it is known. */
type KnownTopic = { key: string; label: string; words?: readonly string[] | undefined };

/** Of the topics that most centres have, where the settings file does not say its own. */
const USUAL: Readonly<Record<string, readonly string[]>> = {
  charges: [
    'начисл',
    'перерасч',
    'тариф',
    'долг',
    'задолж',
    'пени',
    'пеня',
    'квитанц',
    'платежк',
    'норматив',
    'льгот',
    'субсид',
    'много',
    'дорого',
    'переплат',
    'отоплен',
    'мусор',
    'тко',
    'капремонт',
  ],
  readings: ['показан', 'счетчик', 'поверк', 'прибор', 'водомер', 'опломб', 'пломб', 'электросчетчик'],
  payment: [
    'оплат',
    'платеж',
    'заплат',
    'чек',
    'банк',
    'карт',
    'деньг',
    'вернит',
    'возврат',
    'списал',
    'зачисл',
    'сбп',
    'терминал',
  ],
  account: [
    'лицев',
    'подключ',
    'собственник',
    'прописа',
    'зарегистрир',
    'паспорт',
    'переоформ',
    'адрес',
    'парол',
    'фамили',
    'продал',
    'купил',
    'наследств',
  ],
};

/** No topic of its own is meant by it. */
const OTHER = 'other';

/** What words are about: the topic of which they have most; where they have none, «other», else the last one. */
export function guessTopic<T extends KnownTopic>(topics: readonly T[], written: string): T | undefined {
  const words = plain(written).match(/[\p{L}\p{N}]+/gu) ?? [];
  const weighed = topics.map((topic) => ({ topic, fits: words.filter((word) => fits(topic, word)).length }));
  const best = weighed.toSorted((a, b) => b.fits - a.fits)[0];
  if (best && best.fits > 0) return best.topic;
  return topics.find(({ key }) => key === OTHER) ?? topics.at(-1);
}

function fits({ key, label, words }: KnownTopic, word: string): boolean {
  return [...(words ?? USUAL[key] ?? []), ...stemsOf(label)].some((stem) => word.startsWith(plain(stem)));
}

/** Of a label, the words without their endings. */
function stemsOf(label: string): string[] {
  return (plain(label).match(/\p{L}{5,}/gu) ?? []).map((word) => word.slice(0, Math.max(5, word.length - 2)));
}

const plain = (text: string) => text.toLowerCase().replaceAll('ё', 'е');
