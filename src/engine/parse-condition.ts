import {
  type LeafCondition,
  MAX_CONDITION_DEPTH,
  OPERATORS,
  type Operator,
} from '../model/condition.js'
import type { ConditionNode, LeafNode, Required } from './condition-node.js'
import { type FactDefinition, steps } from './fact-definition.js'
import { isObject, resolveFact, segment, type Typing } from './typing.js'

const FORMS = ['all', 'any', 'not', 'fact'] as const
const CITATION = ['clause', 'alsoClauses', 'interpretation', 'alsoInterpretations'] as const
const ORDERED: readonly Operator[] = [
  'lessThan',
  'lessThanInclusive',
  'greaterThan',
  'greaterThanInclusive',
]
const EQUALITY: readonly Operator[] = ['equal', 'notEqual']
const MEMBERSHIP: readonly Operator[] = ['in', 'notIn']
const CONTAINMENT: readonly Operator[] = ['contains', 'doesNotContain']

/** Operators that compare facts of a type. */
const OPERATORS_OF: Readonly<Record<FactDefinition['type'], readonly Operator[]>> = {
  boolean: EQUALITY,
  integer: [...EQUALITY, ...ORDERED],
  decimal: [...EQUALITY, ...ORDERED],
  date: [...EQUALITY, ...ORDERED],
  code: [...EQUALITY, ...MEMBERSHIP],
  'code-set': CONTAINMENT,
  string: [],
}

interface Place {
  readonly pointer: string
  readonly depth: number
  /** Citations of the nodes above. */
  readonly clauses: readonly string[]
  readonly interpretations: readonly string[]
}

/**
 * The typed tree of a condition's JSON, or undefined after reporting every defect with its pointer.
 * `cited: false` (conditions inside expressions) lets leaves go without a clause.
 */
export function parseCondition(
  json: unknown,
  pointer: string,
  typing: Typing,
  cited = true,
): ConditionNode | undefined {
  const leaf = cited ? requireCitation(typing) : () => undefined
  return parseNode(
    json,
    { pointer, depth: 0, clauses: [], interpretations: [] },
    { ...typing, leaf },
  )
}

interface Parsing extends Typing {
  readonly leaf: (json: Record<string, unknown>, place: Place) => void
}

function requireCitation(typing: Typing): Parsing['leaf'] {
  return (json, place) => {
    const inherited = place.clauses.length + place.interpretations.length > 0
    if (inherited || json.clause !== undefined || json.interpretation !== undefined) return
    typing.report(place.pointer, 'a condition names its clause or its interpretation')
  }
}

function parseNode(json: unknown, place: Place, parsing: Parsing): ConditionNode | undefined {
  if (!isObject(json)) return fail(place.pointer, 'a condition is an object', parsing)
  const forms = FORMS.filter((form) => form in json)
  if (forms.length !== 1) {
    return fail(
      place.pointer,
      `a node has exactly one of ${FORMS.join(', ')}; here: ${forms.join(', ') || 'none'}`,
      parsing,
    )
  }
  if (place.depth > MAX_CONDITION_DEPTH) {
    return fail(place.pointer, `conditions nest deeper than ${MAX_CONDITION_DEPTH}`, parsing)
  }
  const form = forms[0] as (typeof FORMS)[number]
  const here = { ...place, ...cite(json, place, parsing) }
  refuseKeys(json, form === 'fact' ? ['fact', 'operator', 'value'] : [form], here, parsing)
  if (form === 'fact') return parseLeaf(json, here, parsing)
  if (form === 'not') return parseNot(json.not, here, parsing)
  return parseGroup(form, json[form], here, parsing)
}

function refuseKeys(
  json: Record<string, unknown>,
  known: readonly string[],
  place: Place,
  parsing: Parsing,
): void {
  for (const key of Object.keys(json)) {
    if (known.includes(key) || (CITATION as readonly string[]).includes(key)) continue
    parsing.report(place.pointer + segment(key), `unsupported key "${key}"`)
  }
}

function parseNot(json: unknown, place: Place, parsing: Parsing): ConditionNode | undefined {
  const child = parseNode(
    json,
    { ...place, pointer: `${place.pointer}/not`, depth: place.depth + 1 },
    parsing,
  )
  return child && { kind: 'not', child }
}

function parseGroup(
  kind: 'all' | 'any',
  json: unknown,
  place: Place,
  parsing: Parsing,
): ConditionNode | undefined {
  const pointer = `${place.pointer}/${kind}`
  if (!Array.isArray(json)) return fail(pointer, `${kind} holds a list`, parsing)
  if (json.length === 0) return fail(pointer, `${kind} must list at least one condition`, parsing)
  const children = json.map((child, index) =>
    parseNode(child, { ...place, pointer: `${pointer}/${index}`, depth: place.depth + 1 }, parsing),
  )
  return children.every((child) => child !== undefined) ? { kind, children } : undefined
}

function parseLeaf(
  json: Record<string, unknown>,
  place: Place,
  parsing: Parsing,
): LeafNode | undefined {
  parsing.leaf(json, place)
  if (typeof json.fact !== 'string')
    return fail(`${place.pointer}/fact`, 'fact is a fact id', parsing)
  const fact = resolveFact(json.fact, `${place.pointer}/fact`, parsing)
  const operator = OPERATORS.find((name) => name === json.operator)
  if (operator === undefined) {
    const found =
      json.operator === undefined ? 'is missing' : `unknown operator "${String(json.operator)}"`
    const reason = `${found}; it is one of ${OPERATORS.join(', ')}`
    return fail(`${place.pointer}/operator`, reason, parsing)
  }
  if (fact === undefined) return undefined
  if (!OPERATORS_OF[fact.type].includes(operator)) {
    return fail(`${place.pointer}/operator`, `${operator} does not compare a ${fact.type}`, parsing)
  }
  const required = parseRequired(json.value, fact, operator, place, parsing)
  if (required === undefined) return undefined
  const { clauses, interpretations } = place
  return {
    kind: 'leaf',
    pointer: place.pointer,
    fact,
    operator,
    ...required,
    clauses: unique([...clauses, ...fact.clauses]),
    interpretations: unique(interpretations),
    json: json as unknown as LeafCondition,
  }
}

type RequiredValue = Pick<LeafNode, 'required' | 'steps' | 'codes' | 'parameter'>

function parseRequired(
  value: unknown,
  fact: FactDefinition,
  operator: Operator,
  place: Place,
  parsing: Parsing,
): RequiredValue | undefined {
  const pointer = `${place.pointer}/value`
  if (!isObject(value)) return literal(value, fact, operator, pointer, parsing)
  const name =
    typeof value.fact === 'string' ? /^parameter\.(.+)$/.exec(value.fact)?.[1] : undefined
  if (name === undefined || Object.keys(value).length !== 1) {
    return fail(pointer, 'a value is a literal or {"fact": "parameter.<name>"}', parsing)
  }
  const parameter = Object.hasOwn(parsing.parameters, name) ? parsing.parameters[name] : undefined
  if (parameter === undefined) return fail(pointer, `unknown parameter "${name}"`, parsing)
  if (parameter.unit !== fact.unit) {
    return fail(
      pointer,
      `parameter "${name}" is in ${parameter.unit ?? 'no unit'}, ${fact.id} in ${fact.unit ?? 'no unit'}`,
      parsing,
    )
  }
  const checked = literal(parameter.value, fact, operator, pointer, parsing)
  return checked && { ...checked, parameter: name }
}

function literal(
  value: unknown,
  fact: FactDefinition,
  operator: Operator,
  pointer: string,
  parsing: Parsing,
): RequiredValue | undefined {
  const reason = wrongType(value, fact, operator)
  if (reason !== undefined) return fail(pointer, reason, parsing)
  const numeric = fact.type === 'integer' || fact.type === 'decimal' || fact.type === 'date'
  const coded = fact.type === 'code' || fact.type === 'code-set'
  return {
    required: value as Required,
    steps: numeric ? steps(value as number | string, fact.scale) : Number.NaN,
    codes: coded ? ([value].flat() as readonly string[]) : [],
    parameter: null,
  }
}

function wrongType(value: unknown, fact: FactDefinition, operator: Operator): string | undefined {
  switch (fact.type) {
    case 'boolean':
      return typeof value === 'boolean' ? undefined : `${fact.id} is true or false`
    case 'integer':
    case 'decimal':
      return wrongNumber(value, fact)
    case 'date':
      return typeof value === 'string' && !Number.isNaN(steps(value, 1))
        ? undefined
        : `${fact.id} is a date YYYY-MM-DD`
    case 'code':
    case 'code-set':
    case 'string':
      return wrongCodes(MEMBERSHIP.includes(operator) ? value : [value], fact)
  }
}

function wrongNumber(value: unknown, fact: FactDefinition): string | undefined {
  if (typeof value !== 'number' || !Number.isFinite(value)) return `${fact.id} is a number`
  const held = Math.round(value * fact.scale)
  if (held / fact.scale !== value) return `${fact.id} has steps of 1/${fact.scale}`
  if (held >= fact.min && held <= fact.max) return undefined
  return `${fact.id} lies between ${fact.min / fact.scale} and ${fact.max / fact.scale}`
}

function wrongCodes(codes: unknown, fact: FactDefinition): string | undefined {
  if (!Array.isArray(codes)) return `${fact.id} is compared with a list of codes`
  if (codes.length === 0) return 'an empty list of codes'
  for (const code of codes) {
    if (typeof code !== 'string') return `${fact.id} is compared with codes, written as text`
    if (fact.unknownValues.includes(code)) return `"${code}" means that ${fact.id} is not known`
    if (fact.codes !== null && !fact.codes.includes(code)) return `${fact.id} has no code "${code}"`
    const { pattern } = fact.fact
    if (pattern !== undefined && !new RegExp(pattern, 'u').test(code))
      return `"${code}" is no code of ${fact.id}`
  }
  return undefined
}

function cite(
  json: Record<string, unknown>,
  place: Place,
  parsing: Parsing,
): Pick<Place, 'clauses' | 'interpretations'> {
  return {
    clauses: unique([...place.clauses, ...named(json, 'clause', 'alsoClauses', place, parsing)]),
    interpretations: unique([
      ...place.interpretations,
      ...named(json, 'interpretation', 'alsoInterpretations', place, parsing),
    ]),
  }
}

function named(
  json: Record<string, unknown>,
  one: string,
  more: string,
  place: Place,
  parsing: Parsing,
): readonly string[] {
  const ids = [json[one] ?? [], json[more] ?? []].flat()
  if (ids.every((id) => typeof id === 'string')) return ids
  parsing.report(`${place.pointer}/${one}`, `${one} and ${more} hold ids`)
  return []
}

/** The list without repetitions, first occurrence kept. */
export function unique<T>(list: readonly T[]): readonly T[] {
  return [...new Set(list)]
}

function fail(pointer: string, reason: string, typing: Pick<Typing, 'report'>): undefined {
  typing.report(pointer, reason)
  return undefined
}
