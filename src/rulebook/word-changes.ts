import { type LeafCondition, OPERATOR_WORDS, type Operator } from '../model/condition.js'
import type { Fact } from '../model/fact.js'
import type { Language, Words } from '../model/language.js'
import type { Parameter, RuleVersion } from '../model/rule-version.js'
import type { Change, DateField, Part } from './diff.js'

/** The facts by id, for their labels. */
type Labels = ReadonlyMap<string, { readonly fact: Pick<Fact, 'label'> }>

/** Each change in one sentence; `to` is the version changed to: its start is when figures move. */
export function wordChanges(
  changes: readonly Change[],
  to: RuleVersion,
  labels: Labels,
  language: Language,
): readonly string[] {
  const start = to.validFrom
  const when = {
    zh: start === null ? '' : `自${start}起`,
    en: start === null ? '' : ` from ${start}`,
  }
  return changes.map((change) => word(change, when, labels)[language])
}

function word(change: Change, when: Words, labels: Labels): Words {
  switch (change.kind) {
    case 'parameter-changed':
      return parameterMoves(change.name, change.from, change.to, when)
    case 'parameter-added':
    case 'parameter-removed':
      return parameterListed(change.kind === 'parameter-added', change.name, change.parameter)
    case 'condition-added':
    case 'condition-removed':
      return conditionListed(change.kind === 'condition-added', change.condition, labels)
    case 'conditions-rearranged':
      return { zh: '条件的组合或依据有变', en: 'the conditions are combined or cited differently' }
    case 'date-changed':
      return dateMoves(change.date, change.from, change.to)
    case 'listed':
    case 'unlisted':
      return idListed(change.kind === 'listed', change.what, change.id)
    case 'part-changed':
      return { zh: `${PARTS[change.part].zh}有变`, en: `${PARTS[change.part].en} changes` }
  }
}

const PARTS: Readonly<Record<Part, Words>> = {
  entitlement: { zh: '待遇', en: 'the entitlement' },
  scorecard: { zh: '积分表', en: 'the scorecard' },
  warnings: { zh: '提示', en: 'the list of warnings' },
}
const DATES: Readonly<Record<DateField, Words>> = {
  validFrom: { zh: '生效日期', en: 'the first day in force' },
  validTo: { zh: '失效日期', en: 'the first day no longer in force' },
  reviewBy: { zh: '复核日期', en: 'the review date' },
}
const LISTS: Readonly<Record<'clause' | 'interpretation', Words>> = {
  clause: { zh: '条款', en: 'clause' },
  interpretation: { zh: '解释', en: 'interpretation' },
}
/** Beside a fact's id, which is no word, equality reads as a verb. */
const OPERATORS: Readonly<Record<Operator, Words>> = {
  ...OPERATOR_WORDS,
  equal: { zh: '是', en: 'is' },
  notEqual: { zh: '不是', en: 'is not' },
}
const UNITS: Readonly<Record<string, Words>> = {
  CNY: { zh: '元', en: 'yuan' },
  'CNY/month': { zh: '元/月', en: 'yuan a month' },
  'CNY/year': { zh: '元/年', en: 'yuan a year' },
  'CNY/person/month': { zh: '元/人/月', en: 'yuan a person a month' },
  years: { zh: '年', en: 'years' },
  km: { zh: '公里', en: 'km' },
  'm2/person': { zh: '平方米/人', en: 'm² a person' },
}

/** How a figure moves, by the sign of the difference. */
const MOVES: Readonly<Record<number, Words>> = {
  [-1]: { zh: '降低到', en: 'falls' },
  0: { zh: '改为', en: 'moves' },
  1: { zh: '提高到', en: 'rises' },
}

function parameterMoves(name: string, from: Parameter, to: Parameter, when: Words): Words {
  if (from.value === to.value && from.unit === to.unit) {
    return {
      zh: `参数 ${name} 的依据由 ${from.clause} 改为 ${to.clause}`,
      en: `the ${name} rests on ${to.clause} instead of ${from.clause}`,
    }
  }
  const moves = MOVES[to.unit === from.unit ? Math.sign(to.value - from.value) : 0] as Words
  return {
    zh: `参数 ${name} ${when.zh}由 ${number(from.value)} ${moves.zh} ${amount(to).zh}，依据 ${to.clause}`,
    en: `the ${name} ${moves.en} from ${number(from.value)} to ${amount(to).en}${when.en}, clause ${to.clause}`,
  }
}

function parameterListed(added: boolean, name: string, parameter: Parameter): Words {
  const { zh, en } = amount(parameter)
  return {
    zh: `${added ? '新增' : '取消'}参数 ${name}：${zh}（${parameter.clause}）`,
    en: `parameter ${added ? 'added' : 'removed'}: ${name} = ${en} (${parameter.clause})`,
  }
}

function conditionListed(added: boolean, condition: LeafCondition, labels: Labels): Words {
  const { fact, operator, value, clause, interpretation } = condition
  const label = labels.get(fact)?.fact.label ?? { zh: fact, en: fact }
  const given = typeof value === 'object' && 'fact' in value ? value.fact : JSON.stringify(value)
  const source = clause ?? interpretation
  const cited =
    source === undefined ? { zh: '', en: '' } : { zh: `（${source}）`, en: ` (${source})` }
  return {
    zh: `${added ? '新增' : '取消'}条件：${label.zh}${OPERATORS[operator].zh} ${given}${cited.zh}`,
    en: `condition ${added ? 'added' : 'removed'}: ${label.en} ${OPERATORS[operator].en} ${given}${cited.en}`,
  }
}

function dateMoves(date: DateField, from: string | null, to: string | null): Words {
  const { zh, en } = DATES[date]
  return {
    zh: `${zh}由 ${from ?? '未定'} 改为 ${to ?? '未定'}`,
    en: `${en} moves from ${from ?? 'not stated'} to ${to ?? 'not stated'}`,
  }
}

function idListed(added: boolean, what: 'clause' | 'interpretation', id: string): Words {
  const { zh, en } = LISTS[what]
  return {
    zh: `${added ? '新增' : '取消'}${zh} ${id}`,
    en: `${en} ${added ? 'added' : 'removed'}: ${id}`,
  }
}

function amount({ value, unit }: Parameter): Words {
  if (unit === null) return { zh: number(value), en: number(value) }
  const words = UNITS[unit] ?? { zh: unit, en: unit }
  return { zh: `${number(value)} ${words.zh}`, en: `${number(value)} ${words.en}` }
}

/** 1060 as 1,060. */
function number(value: number): string {
  return value.toLocaleString('en-US', { maximumFractionDigits: 9 })
}
