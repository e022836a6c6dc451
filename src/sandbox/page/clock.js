/** @import { MenuItem } from './overlays.js' */
/** @import { Page } from './page.js' */
import { byId } from './dom.js';
import { ask, openMenu, toast } from './overlays.js';
import { clockOf, count, dayKey, dayOf, longDayOf, momentOf, weekdayOf } from './words.js';

const HOUR = 3600;
const DAY = 24 * HOUR;

/** Where the README's window of readings begins when the town does not say. */
const READINGS_FROM_DAY = 20;

/** @param {number} nowSeconds @param {number} hour @returns {number} the next moment at which it strikes that hour */
function nextHour(nowSeconds, hour) {
  const time = `${String(hour).padStart(2, '0')}:00`;
  const today = momentOf(dayKey(nowSeconds), time);
  return today > nowSeconds ? today : momentOf(dayKey(nowSeconds + DAY), time);
}

/** @param {number} nowSeconds @param {number} dayOfMonth @returns {number} ten o'clock on the next such day */
function nextDayOfMonth(nowSeconds, dayOfMonth) {
  for (let ahead = 0; ; ahead += 1) {
    const day = dayKey(nowSeconds + ahead * DAY);
    const moment = momentOf(day, '10:00');
    if (Number(day.slice(8)) === dayOfMonth && moment > nowSeconds) return moment;
  }
}

/** @param {number} movedSeconds @returns {string} `+3 дня` to the machine's time */
function aheadOf(movedSeconds) {
  const days = Math.floor(movedSeconds / DAY);
  if (days > 0) return `+${count(days, 'день', 'дня', 'дней')}`;
  const hours = Math.floor(movedSeconds / HOUR);
  return hours > 0
    ? `+${count(hours, 'час', 'часа', 'часов')}`
    : `+${count(Math.max(1, Math.round(movedSeconds / 60)), 'минута', 'минуты', 'минут')}`;
}

/**
 * The town's time and the ways to move it. Returns its `draw`.
 * @param {Page} page
 * @returns {() => void}
 */
export function createClock(page) {
  /** @param {number} moment Unix seconds */
  const moveTo = async (moment) => {
    const seconds = Math.ceil(moment - page.nowSeconds());
    if (await page.act({ type: 'move-clock', seconds })) announce(moment);
  };
  /** @param {number} moment */
  const announce = (moment) => toast(`В городе ${longDayOf(moment)}, ${clockOf(moment)}`);

  const askMoment = async () => {
    const now = page.nowSeconds();
    const answer = await ask({
      title: 'Передвинуть часы',
      text: 'Только вперёд: то, что уже было, было.',
      fields: [
        { name: 'day', label: 'День', type: 'date', value: dayKey(now + DAY) },
        { name: 'time', label: 'Время', type: 'time', value: '09:00' },
      ],
      agree: 'Передвинуть',
    });
    if (!answer) return;
    const moment = momentOf(answer['day'] ?? '', answer['time'] ?? '');
    if (Number.isNaN(moment)) toast('Выберите день и время');
    else if (moment <= page.nowSeconds()) toast('Часы идут только вперёд: выберите время позже нынешнего');
    else await moveTo(moment);
  };

  const reset = async () => {
    const agreed = await ask({
      title: 'Вернуть настоящее время?',
      text: 'То, что бот успел записать в будущем, останется: коды, сроки и сообщения с будущими датами. Чистый город даст новая папка DATA_DIR.',
      agree: 'Вернуть',
    });
    if (agreed && (await page.act({ type: 'reset-clock' }))) announce(Date.now() / 1000);
  };

  byId('clock-move').addEventListener('click', (event) => {
    const now = page.nowSeconds();
    const readingsDay = page.state.town.readingsFromDay ?? READINGS_FROM_DAY;
    /** @param {string} label @param {number} moment @returns {MenuItem} */
    const item = (label, moment) => ({
      label,
      hint: `${dayOf(moment, now)}, ${clockOf(moment)}`,
      choose: () => void moveTo(moment),
    });
    openMenu(
      /** @type {Element} */ (event.currentTarget),
      [
        item('+1 час', now + HOUR),
        item('До вечера, 22:00', nextHour(now, 22)),
        item('Завтра, 9:00', momentOf(dayKey(now + DAY), '09:00')),
        item('+1 день', now + DAY),
        item('+1 неделя', now + 7 * DAY),
        item(`До окна показаний, ${readingsDay}-го`, nextDayOfMonth(now, readingsDay)),
        { label: 'Выбрать день и время…', choose: () => void askMoment() },
        ...(page.state.clock.movedSeconds === 0 ? [] : [{ label: 'Вернуть настоящее время', choose: () => void reset() }]),
      ],
      'Передвинуть часы',
    );
  });

  const draw = () => {
    const now = page.nowSeconds();
    const { movedSeconds } = page.state.clock;
    byId('clock-time').textContent = clockOf(now);
    byId('clock-day').textContent = weekdayOf(now);
    byId('clock-ahead').textContent = movedSeconds === 0 ? 'настоящее время' : aheadOf(movedSeconds);
  };
  setInterval(draw, 5000);
  return draw;
}
