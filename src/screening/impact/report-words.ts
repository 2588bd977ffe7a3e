import type { Language, Words } from '../../model/language.js'

/** Stands for a figure that could point at somebody. */
export const HIDDEN_MARK = '·'

/** The words of the report. */
export const REPORT = {
  title: { zh: '规则变动影响', en: 'Impact of a change of rules' },
  before: { zh: '变动前', en: 'Before' },
  after: { zh: '变动后', en: 'After' },
  asOf: { zh: '查询日期', en: 'as of' },
  knownAt: { zh: '规则库时点', en: 'as known at' },
  hidden: {
    zh: `“${HIDDEN_MARK}”表示人数少于 5，或由其他数字可推得少于 5，故不显示。“尚不能确定”不算符合，也不算不符合。`,
    en: `“${HIDDEN_MARK}” stands for fewer than 5, or for a figure from which fewer than 5 could be worked out. Unknown counts neither as entitled nor as refused.`,
  },
  programme: { zh: '项目', en: 'Programme' },
  group: { zh: '组别', en: 'Group' },
  city: { zh: '城市', en: 'City' },
  subjects: { zh: '对象数', en: 'Subjects' },
  eligibleBefore: { zh: '变动前符合', en: 'Entitled before' },
  eligibleAfter: { zh: '变动后符合', en: 'Entitled after' },
  gained: { zh: '新符合', en: 'Newly entitled' },
  lost: { zh: '不再符合', en: 'No longer entitled' },
  raised: { zh: '金额增加', en: 'Amount raised' },
  lowered: { zh: '金额减少', en: 'Amount lowered' },
  costPerMonth: { zh: '每月增支（元）', en: 'Cost a month (CNY)' },
  changeChart: { zh: '新符合与不再符合', en: 'Newly and no longer entitled' },
  costChart: { zh: '每月增支（元）', en: 'Cost a month (CNY)' },
  nothing: { zh: '没有可显示的变动。', en: 'There is no change that can be shown.' },
  cities: { zh: '按城市', en: 'By city' },
  programmes: { zh: '按项目', en: 'By programme' },
} as const satisfies Readonly<Record<string, Words>>

/** Who was counted, as one sentence. */
export const COUNTED: Readonly<
  Record<Language, (households: string, members: string, rejected: string) => string>
> = {
  zh: (households, members, rejected) =>
    `共 ${households} 户、${members} 人；另有 ${rejected} 户因数据有误未计入。`,
  en: (households, members, rejected) =>
    `${households} households, ${members} members; ${rejected} households were left out because of faults.`,
}
