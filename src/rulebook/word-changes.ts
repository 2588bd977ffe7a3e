import { type LeafCondition, OPERATOR_WORDS, type Operator } from '../model/condition.js'
import type { Language, Words } from '../model/language.js'
import { parameterName } from '../model/programme.js'
import type { Parameter, RuleVersion } from '../model/rule-version.js'
import { UNIT_WORDS } from '../model/unit.js'
import type { Change, DateField, Part } from './diff.js'
import type { Rulebook } from './rulebook.js'

/** What facts and parameters are called. */
interface Names {
  readonly fact: (id: string) => Words
  readonly parameter: (id: string) => Words
}

/** Each change in one sentence; `to` is the version changed to: its start is when figures move. */
export function wordChanges(
  changes: readonly Change[],
  to: RuleVersion,
  { dictionary, programmes }: Pick<Rulebook, 'dictionary' | 'programmes'>,
  language: Language,
): readonly string[] {
  const programme = programmes.get(to.programme)?.programme
  const names: Names = {
    fact: (id) => dictionary.get(id)?.fact.label ?? { zh: id, en: id },
    parameter: (id) => parameterName(programme, id),
  }
  const start = to.validFrom
  const when = {
    zh: start === null ? '' : `自${start}起`,
    en: start === null ? '' : ` from ${start}`,
  }
  return changes.map((change) => word(change, when, names)[language])
}

function word(change: Change, when: Words, names: Names): Words {
  switch (change.kind) {
    case 'parameter-changed':
      return parameterMoves(names.parameter(change.name), change.from, change.to, when)
    case 'parameter-added':
    case 'parameter-removed':
      return parameterListed(
        change.kind === 'parameter-added',
        names.parameter(change.name),
        change.parameter,
      )
    case 'condition-added':
    case 'condition-removed':
      return conditionListed(change.kind === 'condition-added', change.condition, names)
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
  interpretation: { zh: '理解', en: 'interpretation' },
}
/** Beside a fact's id, which is no word, equality reads as a verb. */
const OPERATORS: Readonly<Record<Operator, Words>> = {
  ...OPERATOR_WORDS,
  equal: { zh: '是', en: 'is' },
  notEqual: { zh: '不是', en: 'is not' },
}
/** How a figure moves, by the sign of the difference. */
const MOVES: Readonly<Record<number, Words>> = {
  [-1]: { zh: '降低到', en: 'falls' },
  0: { zh: '改为', en: 'moves' },
  1: { zh: '提高到', en: 'rises' },
}

function parameterMoves(name: Words, from: Parameter, to: Parameter, when: Words): Words {
  if (from.value === to.value && from.unit === to.unit) {
    return {
      zh: `“${name.zh}”的依据由 ${from.clause} 改为 ${to.clause}`,
      en: `“${name.en}” rests on ${to.clause} instead of ${from.clause}`,
    }
  }
  const moves = MOVES[to.unit === from.unit ? Math.sign(to.value - from.value) : 0] as Words
  return {
    zh: `“${name.zh}”${when.zh}由 ${number(from.value)} ${moves.zh} ${amount(to).zh}，依据 ${to.clause}`,
    en: `“${name.en}” ${moves.en} from ${number(from.value)} to ${amount(to).en}${when.en}, clause ${to.clause}`,
  }
}

function parameterListed(added: boolean, name: Words, parameter: Parameter): Words {
  const { zh, en } = amount(parameter)
  return {
    zh: `${added ? '新增' : '取消'}数值“${name.zh}”：${zh}（${parameter.clause}）`,
    en: `figure ${added ? 'added' : 'removed'}: “${name.en}” = ${en} (${parameter.clause})`,
  }
}

function conditionListed(added: boolean, condition: LeafCondition, names: Names): Words {
  const { fact, operator, value, clause, interpretation } = condition
  const label = names.fact(fact)
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
    zh: `${zh}由 ${from ?? '未写明'} 改为 ${to ?? '未写明'}`,
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
  const words = UNIT_WORDS[unit] ?? { zh: unit, en: unit }
  return { zh: `${number(value)} ${words.zh}`, en: `${number(value)} ${words.en}` }
}

/** 1060 as 1,060. */
function number(value: number): string {
  return value.toLocaleString('en-US', { maximumFractionDigits: 9 })
}
