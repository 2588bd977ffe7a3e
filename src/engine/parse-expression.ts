import { ROUNDING_MODES, type RoundingMode } from '../model/expression.js'
import { fenOf } from '../model/money.js'
import { booleanBounds, type NumberBounds, numberBounds } from './bounds.js'
import {
  AGGREGATES,
  type Aggregate,
  ARITHMETIC,
  type Arithmetic,
  type Band,
  type Choice,
  type ExpressionNode,
  type ValueKind,
  type Written,
} from './expression-node.js'
import { type FactDefinition, steps } from './fact-definition.js'
import { parseCondition } from './parse-condition.js'
import { compare, decimal, isPlain, isYuan, whole } from './ratio.js'
import { isObject, resolveFact, type Typing } from './typing.js'

type Parsed = ExpressionNode | undefined
type Form = (json: Record<string, unknown>, pointer: string, typing: Typing) => Parsed

/** Keys beside the leading one. */
const BESIDE: Readonly<Record<string, readonly string[]>> = {
  round: ['to', 'mode'],
  cap: ['at'],
  when: ['else'],
  table: ['bands'],
}
const MAX_DEPTH = 16

export const PLAIN_NUMBER = 'a number has at most 15 digits, 9 of them decimals'
export const PLAIN_YUAN = 'an amount in yuan has at most 10 digits before the point and 2 after it'

/**
 * The typed tree of an expression's JSON, or undefined after reporting every defect with its pointer.
 * Types: number, money (fen), date (days), boolean, code, set.
 */
export function parseExpression(json: unknown, pointer: string, typing: Typing): Parsed {
  if (pointer.split('/').length > 64 + MAX_DEPTH)
    return fail(pointer, 'expressions nest too deep', typing)
  if (typeof json === 'number') return parseNumber(json, pointer, typing)
  if (typeof json === 'boolean') return literal('boolean', booleanBounds(json))
  if (typeof json === 'string') return literal('code', { kind: 'code', codes: [json] })
  if (!isObject(json)) return fail(pointer, 'an expression is a literal or an object', typing)
  const keys = Object.keys(json)
  const form = keys.find((key) => Object.hasOwn(FORMS, key))
  if (form === undefined) return fail(pointer, `unknown expression {${keys.join(', ')}}`, typing)
  const extra = keys.find((key) => key !== form && !(BESIDE[form] ?? []).includes(key))
  if (extra !== undefined)
    return fail(`${pointer}/${extra}`, `unsupported key "${extra}" beside "${form}"`, typing)
  return (FORMS[form] as Form)(json, pointer, typing)
}

const FORMS: Readonly<Record<string, Form>> = {
  yuan: (json, pointer, typing) => {
    const fen = moneyBounds(json.yuan, `${pointer}/yuan`, typing)
    return fen && literal('money', fen)
  },
  date: (json, pointer, typing) => {
    const day = typeof json.date === 'string' ? steps(json.date, 1) : Number.NaN
    if (Number.isNaN(day)) return fail(`${pointer}/date`, 'a date YYYY-MM-DD', typing)
    return literal('date', numberBounds(whole(day)))
  },
  fact: (json, pointer, typing) => parseFact(String(json.fact), `${pointer}/fact`, typing),
  parameter: (json, pointer, typing) =>
    parseParameter(String(json.parameter), `${pointer}/parameter`, typing),
  ...Object.fromEntries(ARITHMETIC.map((operator) => [operator, arithmeticForm(operator)])),
  round: parseRound,
  cap: (json, pointer, typing) => {
    const operands = [
      parseExpression(json.cap, `${pointer}/cap`, typing),
      parseExpression(json.at, `${pointer}/at`, typing),
    ]
    return arithmetic('min', operands, pointer, typing)
  },
  yearsBetween: (json, pointer, typing) =>
    parseElapsed('years', json.yearsBetween, `${pointer}/yearsBetween`, typing),
  monthsBetween: (json, pointer, typing) =>
    parseElapsed('months', json.monthsBetween, `${pointer}/monthsBetween`, typing),
  within: (json, pointer, typing) => {
    const pair = parsePair(json.within, `${pointer}/within`, ['code'], typing)
    return pair && { kind: 'within', type: 'boolean', code: pair[0], region: pair[1] }
  },
  holds: (json, pointer, typing) => {
    const condition = parseCondition(json.holds, `${pointer}/holds`, typing, false)
    return condition && { kind: 'holds', type: 'boolean', condition }
  },
  not: (json, pointer, typing) => {
    const operand = parseTyped(json.not, `${pointer}/not`, ['boolean'], typing)
    return operand && { kind: 'not', type: 'boolean', operand }
  },
  ...Object.fromEntries(AGGREGATES.map((operator) => [operator, aggregateForm(operator)])),
  when: (json, pointer, typing) => {
    const choices = parseChoices(json.when, `${pointer}/when`, typing)
    const otherwise = parseExpression(json.else, `${pointer}/else`, typing)
    if (choices === undefined || otherwise === undefined) return undefined
    const type = commonType([...choices.map((choice) => choice.value), otherwise], pointer, typing)
    return type && { kind: 'when', type, choices, otherwise }
  },
  highest: (json, pointer, typing) => {
    const choices = parseChoices(json.highest, `${pointer}/highest`, typing)
    const type =
      choices &&
      numericType(
        choices.map((choice) => choice.value),
        pointer,
        typing,
      )
    return type && { kind: 'highest', type, choices }
  },
  table: parseTable,
  unknown: (json, pointer, typing) => {
    const value = unknownBounds(json.unknown)
    if (value === undefined)
      return fail(`${pointer}/unknown`, '"boolean" or {"min", "max"}', typing)
    return { kind: 'unknown', type: value.kind === 'boolean' ? 'boolean' : 'number', value }
  },
}

function parseNumber(json: number, pointer: string, typing: Typing): Parsed {
  if (!isPlain(json)) return fail(pointer, PLAIN_NUMBER, typing)
  return literal('number', numberBounds(decimal(json)))
}

function literal(type: ValueKind, value: Written): ExpressionNode {
  return { kind: 'literal', type, value }
}

const TYPE_OF = {
  boolean: 'boolean',
  integer: 'number',
  date: 'date',
  code: 'code',
  'code-set': 'set',
} as const

function typeOf(fact: FactDefinition): ValueKind | undefined {
  if (fact.type === 'decimal') return fact.money ? 'money' : 'number'
  return fact.type === 'string' ? undefined : TYPE_OF[fact.type]
}

function parseFact(id: string, pointer: string, typing: Typing): Parsed {
  if (id === 'context.asOf') return { kind: 'context', type: 'date', name: 'asOf' }
  if (id === 'context.jurisdiction') return { kind: 'context', type: 'code', name: 'jurisdiction' }
  const fact = resolveFact(id, pointer, typing)
  if (fact === undefined) return undefined
  const type = typeOf(fact)
  return type === undefined
    ? fail(pointer, `${id} is text and is not computed with`, typing)
    : { kind: 'fact', type, fact }
}

function parseParameter(name: string, pointer: string, typing: Typing): Parsed {
  const parameter = Object.hasOwn(typing.parameters, name) ? typing.parameters[name] : undefined
  if (parameter === undefined) return fail(pointer, `unknown parameter "${name}"`, typing)
  const money = parameter.unit?.startsWith('CNY') ?? false
  const value = money ? whole(fenOf(parameter.value)) : decimal(parameter.value)
  return {
    kind: 'parameter',
    type: money ? 'money' : 'number',
    name,
    value: numberBounds(value),
    clause: parameter.clause,
  }
}

function arithmeticForm(operator: Arithmetic): Form {
  return (json, pointer, typing) => {
    const list = json[operator]
    const binary = operator === 'subtract' || operator === 'divide'
    if (!Array.isArray(list) || list.length === 0 || (binary && list.length !== 2)) {
      return fail(
        `${pointer}/${operator}`,
        binary ? `${operator} takes two` : `${operator} takes a list, not empty`,
        typing,
      )
    }
    const operands = list.map((operand, index) =>
      parseExpression(operand, `${pointer}/${operator}/${index}`, typing),
    )
    return arithmetic(operator, operands, pointer, typing)
  }
}

function arithmetic(
  operator: Arithmetic,
  parsed: readonly Parsed[],
  pointer: string,
  typing: Typing,
): Parsed {
  if (!parsed.every((operand) => operand !== undefined)) return undefined
  const operands = parsed as readonly ExpressionNode[]
  const type = arithmeticType(operator, operands, pointer, typing)
  return type && { kind: 'arithmetic', type, operator, operands }
}

function arithmeticType(
  operator: Arithmetic,
  operands: readonly ExpressionNode[],
  pointer: string,
  typing: Typing,
): ValueKind | undefined {
  if (operator !== 'multiply' && operator !== 'divide')
    return numericType(operands, pointer, typing)
  const wrong = operands.find((operand) => operand.type !== 'number' && operand.type !== 'money')
  if (wrong !== undefined)
    return fail(pointer, `${operator} takes numbers, not a ${wrong.type}`, typing)
  const money = operands.map((operand) => operand.type === 'money')
  if (operator === 'divide') {
    if (money[1] && !money[0]) return fail(pointer, 'a number is not divided by money', typing)
    return money[0] && !money[1] ? 'money' : 'number'
  }
  const factors = money.filter(Boolean).length
  if (factors > 1) return fail(pointer, 'money is not multiplied by money', typing)
  return factors === 1 ? 'money' : 'number'
}

function numericType(
  nodes: readonly ExpressionNode[],
  pointer: string,
  typing: Typing,
): ValueKind | undefined {
  const type = commonType(nodes, pointer, typing)
  if (type === undefined || type === 'number' || type === 'money') return type
  return fail(pointer, `numbers are needed, not a ${type}`, typing)
}

function commonType(
  nodes: readonly ExpressionNode[],
  pointer: string,
  typing: Typing,
): ValueKind | undefined {
  const types = [...new Set(nodes.map((node) => node.type))]
  return types.length === 1 ? types[0] : fail(pointer, `mixes ${types.join(' and ')}`, typing)
}

function parseTyped(
  json: unknown,
  pointer: string,
  types: readonly ValueKind[],
  typing: Typing,
): Parsed {
  const node = parseExpression(json, pointer, typing)
  if (node === undefined || types.includes(node.type)) return node
  return fail(pointer, `a ${types.join(' or ')} is needed, not a ${node.type}`, typing)
}

function parsePair(
  json: unknown,
  pointer: string,
  types: readonly ValueKind[],
  typing: Typing,
): [ExpressionNode, ExpressionNode] | undefined {
  if (!Array.isArray(json) || json.length !== 2) return fail(pointer, 'takes two', typing)
  const first = parseTyped(json[0], `${pointer}/0`, types, typing)
  const second = parseTyped(json[1], `${pointer}/1`, types, typing)
  return first && second && [first, second]
}

function parseElapsed(
  unit: 'years' | 'months',
  json: unknown,
  pointer: string,
  typing: Typing,
): Parsed {
  const pair = parsePair(json, pointer, ['date'], typing)
  return pair && { kind: 'elapsed', type: 'number', unit, from: pair[0], to: pair[1] }
}

function parseRound(json: Record<string, unknown>, pointer: string, typing: Typing): Parsed {
  const operand = parseTyped(json.round, `${pointer}/round`, ['number', 'money'], typing)
  const mode = ROUNDING_MODES.find((name) => name === json.mode) as RoundingMode | undefined
  if (mode === undefined)
    return fail(`${pointer}/mode`, `one of ${ROUNDING_MODES.join(', ')}`, typing)
  if (!isPlain(json.to) || !(json.to > 0)) return fail(`${pointer}/to`, 'a step above 0', typing)
  const to = figureOf(json.to, operand?.type === 'money', `${pointer}/to`, typing)
  return operand && to && { kind: 'round', type: operand.type, operand, to, mode }
}

/** A figure beside an operand: yuan where that is money. */
function figureOf(
  figure: number,
  money: boolean,
  pointer: string,
  typing: Typing,
): NumberBounds | undefined {
  return money ? moneyBounds(figure, pointer, typing) : numberBounds(decimal(figure))
}

function moneyBounds(yuan: unknown, pointer: string, typing: Typing): NumberBounds | undefined {
  if (!isYuan(yuan)) return fail(pointer, PLAIN_YUAN, typing)
  return numberBounds(whole(fenOf(yuan)))
}

function aggregateForm(operator: Aggregate): Form {
  return (json, pointer, typing) => {
    const types: readonly ValueKind[] = operator === 'sum' ? ['number', 'money'] : ['boolean']
    const operand = parseTyped(json[operator], `${pointer}/${operator}`, types, {
      ...typing,
      member: true,
    })
    if (operand === undefined) return undefined
    const type = operator === 'sum' ? operand.type : operator === 'count' ? 'number' : 'boolean'
    return { kind: 'aggregate', type, operator, operand }
  }
}

function parseChoices(
  json: unknown,
  pointer: string,
  typing: Typing,
): readonly Choice[] | undefined {
  if (!Array.isArray(json) || json.length === 0)
    return fail(pointer, 'takes a list of {if, then}, not empty', typing)
  const choices = json.map((choice: unknown, index) => {
    const place = `${pointer}/${index}`
    if (!isObject(choice)) return fail(place, 'a choice is {if, then}', typing)
    const condition = parseTyped(choice.if, `${place}/if`, ['boolean'], typing)
    const value = parseExpression(choice.then, `${place}/then`, typing)
    return condition && value && { condition, value }
  })
  return choices.every((choice) => choice !== undefined) ? choices : undefined
}

function parseTable(json: Record<string, unknown>, pointer: string, typing: Typing): Parsed {
  const operand = parseTyped(json.table, `${pointer}/table`, ['number', 'money'], typing)
  if (!Array.isArray(json.bands) || json.bands.length === 0)
    return fail(`${pointer}/bands`, 'takes a list of bands', typing)
  const bands = json.bands.map((band: unknown, index) =>
    parseBand(band, `${pointer}/bands/${index}`, operand?.type === 'money', typing),
  )
  if (operand === undefined || !bands.every((band) => band !== undefined)) return undefined
  const type = commonType(
    bands.map((band) => band.value),
    pointer,
    typing,
  )
  if (type === undefined || !ascending(bands, `${pointer}/bands`, typing)) return undefined
  return { kind: 'table', type, operand, bands }
}

function parseBand(
  json: unknown,
  pointer: string,
  money: boolean,
  typing: Typing,
): Band | undefined {
  if (!isObject(json) || (json.from !== null && !isPlain(json.from))) {
    return fail(pointer, 'a band is {from: number or null, then}', typing)
  }
  const value = parseExpression(json.then, `${pointer}/then`, typing)
  const from = json.from === null ? null : figureOf(json.from, money, `${pointer}/from`, typing)
  return value && from !== undefined ? { from, value } : undefined
}

function ascending(bands: readonly Band[], pointer: string, typing: Typing): boolean {
  const rising = bands.every(({ from }, index) => {
    const before = bands[index - 1]?.from
    if (index === 0 || from === null) return index === 0 && from === null
    return before == null || compare(before.lo, from.lo) < 0
  })
  if (!rising) typing.report(pointer, 'bands start with null and rise')
  return rising
}

function unknownBounds(json: unknown): Written | undefined {
  if (json === 'boolean') return booleanBounds(null)
  if (!isObject(json) || !isPlain(json.min) || !isPlain(json.max) || json.min > json.max)
    return undefined
  return numberBounds(decimal(json.min), decimal(json.max))
}

function fail(pointer: string, reason: string, typing: Typing): undefined {
  typing.report(pointer, reason)
  return undefined
}
