import type { Force } from '../model/clause.js'
import { OPERATOR_WORDS, type Operator } from '../model/condition.js'
import type { Outcome } from '../model/determination.js'
import type { Entity } from '../model/fact.js'
import type { Language, Words } from '../model/language.js'
import type { RuleVersion } from '../model/rule-version.js'
import { UNIT_WORDS } from '../model/unit.js'

const MET: readonly [Words, Words, Words] = [
  { zh: '不符合', en: 'not met' },
  { zh: '尚不清楚', en: 'not known yet' },
  { zh: '符合', en: 'met' },
]

/** A leaf's words with how it reads: 0 not met, 1 not known, 2 met. */
export function metText(words: string, met: boolean | null, language: Language): string {
  const { [language]: reading } = met === null ? MET[1] : met ? MET[2] : MET[0]
  return language === 'zh' ? `${words}：${reading}` : `${words}: ${reading}`
}

/** What a yes-or-no fact must be. */
export function mustBeText(label: string, value: boolean, language: Language): string {
  if (language === 'zh') return `${label}（须为“${value ? '是' : '否'}”）`
  return `${label} (must be ${value ? 'yes' : 'no'})`
}

/** A fact, how it is compared, and with what. */
export function comparisonText(
  label: string,
  operator: Operator,
  required: string,
  language: Language,
): string {
  const parts = [label, OPERATOR_WORDS[operator][language], required]
  return parts.join(language === 'zh' ? '' : ' ')
}

/** A number with its unit in words; a unit without words stands as it is. */
export function quantityText(value: number, unit: string | null, language: Language): string {
  if (unit === null || unit === 'ratio') return String(value)
  const words = UNIT_WORDS[unit]?.[language] ?? unit
  return language === 'zh' ? `${value}${words}` : `${value} ${words}`
}

/** Why a version was chosen; without dates of the request, so that it is the same for all. */
export function chosenBecauseText(
  because: string,
  { validFrom, version }: RuleVersion,
  language: Language,
): string {
  const since = validFrom ?? version
  return (CHOSEN[because] as (since: string) => Words)(since)[language]
}

const CHOSEN: Readonly<Record<string, (since: string) => Words>> = {
  'only-version': (since) => ({
    zh: `该项目只有这一个版本，自${since}起有效，查询日期在其有效期内。`,
    en: `The programme has this version only; it applies from ${since} and covers the day asked for.`,
  }),
  'latest-start': (since) => ({
    zh: `查询日期当天有效的版本中，本版本开始得最晚（自${since}起）。`,
    en: `Of the versions in force on the day asked for, this one starts last (from ${since}).`,
  }),
  corrected: (since) => ({
    zh: `本版本自${since}起有效，并更正了先前公布的有误版本。`,
    en: `It applies from ${since} and corrects a mistaken version published before it.`,
  }),
  'attested-day-before-successor': () => ({
    zh: '原文只写明调整前的数额：查询日期是新标准开始的前一天，旧数额当天有效。',
    en: 'The text gives only the former figure: the day asked for is the last before the new one, so the former figure applies.',
  }),
  'start-not-stated': () => ({
    zh: '原文写了调整前的数额，但没有写明从哪天起执行，查询日期是否适用无法确定。',
    en: 'The text gives the former figure but not since when it applied, so it cannot be told whether it covers the day asked for.',
  }),
}

const ENTITLING: readonly Force[] = ['standard', 'duty']

const WHO: Readonly<Record<Entity, Words>> = {
  household: { zh: '该家庭', en: 'The household' },
  member: { zh: '该成员', en: 'The member' },
}

/** The outcome in a sentence, no stronger than the force of the clause that confers. */
export function outcomeText(
  outcome: Outcome,
  force: Force,
  subject: Entity,
  language: Language,
): string {
  const who = WHO[subject][language]
  const entitling = ENTITLING.includes(force)
  switch (outcome) {
    case 'eligible':
      if (language === 'zh')
        return entitling
          ? `${who}符合条件，可以享受。`
          : `该措施列出了${who}所属的群体，但条文本身不保证给予。`
      return entitling
        ? `${who} is entitled.`
        : `This measure names the group that ${who.toLowerCase()} belongs to; the clause itself promises nothing.`
    case 'ineligible':
      if (language === 'zh')
        return entitling ? `${who}不符合条件。` : `${who}不属于该措施所列的群体。`
      return entitling
        ? `${who} is not entitled.`
        : `This measure does not name the group of ${who.toLowerCase()}.`
    case 'unknown':
      return language === 'zh' ? '现有信息不足以得出结论。' : 'What is known does not settle it.'
  }
}

/** Why a question is asked: the programmes it may decide. */
export function whyText(titles: readonly string[], language: Language): string {
  return language === 'zh'
    ? `用于判断：${titles.join('、')}。`
    : `It may decide: ${titles.join('; ')}.`
}

const WARNINGS: Readonly<Record<string, Words>> = {
  'unchecked-source': {
    zh: '所引条文中有的不是取自官方文本（转载或新闻报道），使用前请与官方文本核对。',
    en: 'A cited clause was not read in an official copy (a re-upload or the press): check it against the official text.',
  },
  'past-review-date': {
    zh: '查询日期已过文件自身写明的期限，可能已有新的规定。',
    en: 'The day asked for is past the horizon that the document itself states; there may be a newer rule.',
  },
  'start-not-stated': {
    zh: '文件没有写明从哪天起执行。',
    en: 'The document does not state the day from which it applies.',
  },
  'stated-over-derived': {
    zh: '填报的数值与由其他信息推算的结果不一致，以填报的为准。',
    en: 'A stated value contradicts what follows from the other facts; the stated one was used.',
  },
  'instrument-pending': {
    zh: '条文所依据的办法或评分表当时尚未出台，或不在本规则库中。',
    en: 'The instrument that the clause relies on was still to be issued, or is not in this rulebook.',
  },
}

const CONFLICTS_WITH = 'conflicts-with:'

/** The warning of a conflict with a programme. */
export function conflictsWith(programme: string): string {
  return `${CONFLICTS_WITH}${programme}`
}

/** A warning in words; that of a conflict names the programme, and `whys` what the table says of it. */
export function warningText(
  code: string,
  title: (programme: string) => string,
  whys: readonly string[],
  language: Language,
): string {
  const words = WARNINGS[code]
  if (words !== undefined) return words[language]
  const programme = title(code.slice(CONFLICTS_WITH.length))
  if (whys.length > 0) {
    return language === 'zh'
      ? `与“${programme}”未必能同时享受。${whys.join('')}`
      : `It does not simply go together with "${programme}". ${whys.join(' ')}`
  }
  return language === 'zh'
    ? `与“${programme}”不能同时享受，请先确定适用哪一项。`
    : `It is not granted together with "${programme}": settle first which of the two applies.`
}
