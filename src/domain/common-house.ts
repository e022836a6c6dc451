/** What the house uses as a whole and every flat pays its part of: «ХВС на СОИ», «Электроэнергия ОДН». */
const COMMON =
  /(?<!\p{L})(?:СОИ|ОДН|ОДПУ|КР\s*на\s*СОИ)(?!\p{L})|(?:на|для|в\s+целях)\s+содержани[яе]\s+общего\s+имущества|общедомов(?:ые|ых|ая|ой)\s+нужд/iu;

/** Whether a service is of the common property's part (приказ Минстроя 43/пр tells it from what a flat uses itself). */
export function isCommonHouse(service: string): boolean {
  return COMMON.test(service);
}
