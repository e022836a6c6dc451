import type { Household } from './household.ts';
import type { Service } from './services.ts';

/** Why less is charged, by what is measured: by a meter, by the people of the flat, or by its area. */
const METER = ['По переданным показаниям, вместо среднемесячного объёма', 'По показаниям контрольной проверки, акт'];
const WATER_CUT = 'Перерыв в подаче воды дольше нормы, акт (ПП РФ № 354)';
const AWAY = 'Временное отсутствие, заявление жителя (ПП РФ № 354)';
const FEWER_PEOPLE = 'Изменение числа проживающих';

/**
 * Grounds on which the charge for a service is brought down, as billing's registry names them: those that the housing rules know for this very
 * service, at this household (where there is a meter, nobody is recalculated for having been away).
 */
export function groundsFor({ name }: Service, { metered }: Pick<Household, 'metered'>): readonly string[] {
  if (name.startsWith('Электроснабжение')) return METER;
  switch (name) {
    case 'Холодное водоснабжение':
      return metered ? [...METER, WATER_CUT] : [AWAY, FEWER_PEOPLE, WATER_CUT];
    case 'Горячее водоснабжение':
      return metered
        ? [...METER, 'Температура горячей воды ниже нормы, акт (ПП РФ № 354)']
        : [AWAY, FEWER_PEOPLE, 'Плановое отключение горячей воды дольше нормы, акт'];
    case 'Водоотведение':
      return metered ? ['По уточнённому объёму водоснабжения'] : [AWAY, FEWER_PEOPLE];
    case 'Отопление':
      return ['Температура в комнатах ниже нормы, акт (ПП РФ № 354)', 'Перерыв в отоплении дольше нормы, акт (ПП РФ № 354)'];
    case 'Газоснабжение':
      return metered ? METER : [AWAY, FEWER_PEOPLE];
    case 'Обращение с ТКО':
      return [AWAY, FEWER_PEOPLE];
    case 'Взнос на капитальный ремонт':
      return ['Уточнение площади по данным ЕГРН'];
    case 'Содержание жилого помещения':
      return ['Услуги ненадлежащего качества, акт (ПП РФ № 491)', 'Уточнение площади по данным ЕГРН'];
    default:
      throw new Error(`no grounds are known for «${name}»`);
  }
}
