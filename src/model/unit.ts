import type { Words } from './language.js'

/** The unit of a share: shown as the bare number, or as a percentage. */
export const RATIO = 'ratio'

/** Units in words; one without words is shown as it is. */
export const UNIT_WORDS: Readonly<Record<string, Words>> = {
  'CNY/person/month': { zh: '元/人/月', en: 'CNY a person a month' },
  'CNY/month': { zh: '元/月', en: 'CNY a month' },
  'CNY/year': { zh: '元/年', en: 'CNY a year' },
  CNY: { zh: '元', en: 'CNY' },
  age: { zh: '周岁', en: 'years of age' },
  years: { zh: '年', en: 'years' },
  persons: { zh: '人', en: 'persons' },
  children: { zh: '个', en: 'children' },
  donations: { zh: '次', en: 'donations' },
  hours: { zh: '小时', en: 'hours' },
  km: { zh: '公里', en: 'km' },
  m2: { zh: '平方米', en: 'm²' },
  'm2/person': { zh: '平方米/人', en: 'm² a person' },
  min: { zh: '分钟', en: 'minutes' },
  points: { zh: '分', en: 'points' },
}
