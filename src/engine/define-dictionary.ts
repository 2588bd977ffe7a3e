import type { Fact } from '../model/fact.js'
import type { ExpressionNode } from './expression-node.js'
import { type Dictionary, defineFact, type FactDefinition } from './fact-definition.js'
import { factsRead } from './facts-read.js'
import { parseExpression } from './parse-expression.js'
import { factsOf } from './typing.js'

type Report = (index: number, pointer: string, reason: string) => void

const VALUE_OF: Readonly<Record<string, FactDefinition['type']>> = {
  boolean: 'boolean',
  date: 'date',
  code: 'code',
  set: 'code-set',
}

/**
 * The dictionary with every derivation typed. Defects go to `report` with the index of the fact
 * and a pointer inside it; facts that have one stay without derivation.
 */
export function defineDictionary(facts: readonly Fact[], report: Report): Dictionary {
  const dictionary = new Map<string, FactDefinition>()
  facts.forEach((fact, index) => {
    if (dictionary.has(fact.id)) report(index, '/id', `"${fact.id}" stands twice`)
    if (!fact.id.startsWith(`${fact.entity}.`))
      report(index, '/entity', `"${fact.id}" is not of a ${fact.entity}`)
    dictionary.set(fact.id, defineFact(fact, index))
  })
  facts.forEach((fact, index) => {
    if (fact.derive !== undefined)
      derive(dictionary, fact, (pointer, reason) => report(index, pointer, reason))
  })
  for (const [index, fact] of facts.entries()) {
    breakCycle(dictionary.get(fact.id) as FactDefinition, (reason) =>
      report(index, '/derive', reason),
    )
  }
  return dictionary
}

function derive(
  dictionary: Map<string, FactDefinition>,
  fact: Fact,
  report: (pointer: string, reason: string) => void,
): void {
  const definition = dictionary.get(fact.id) as FactDefinition
  const typing = {
    ...factsOf(dictionary),
    parameters: {},
    member: fact.entity === 'member',
    report,
  }
  const node = parseExpression(fact.derive, '/derive', typing)
  if (node === undefined) return
  const reason = misfit(definition, node)
  if (reason === undefined) definition.derive = node
  else report('/derive', reason)
}

function misfit(fact: FactDefinition, node: ExpressionNode): string | undefined {
  const wanted =
    fact.type === 'decimal'
      ? fact.money
        ? 'money'
        : 'number'
      : fact.type === 'integer'
        ? 'number'
        : fact.type
  const given = VALUE_OF[node.type] ?? node.type
  if (given !== wanted) return `${fact.id} is a ${wanted}, its derivation a ${given}`
  return fact.type === 'integer' && !isWhole(node)
    ? `${fact.id} is whole, its derivation need not be: round it`
    : undefined
}

/** Whether an expression can only be a whole number. */
function isWhole(node: ExpressionNode): boolean {
  switch (node.kind) {
    case 'literal':
    case 'parameter':
    case 'unknown':
      return node.value.kind === 'number' && node.value.lo.d === 1 && node.value.hi.d === 1
    case 'fact':
      return node.fact.type === 'integer'
    case 'elapsed':
      return true
    case 'aggregate':
      return node.operator === 'count' || isWhole(node.operand)
    case 'arithmetic':
      return node.operator !== 'divide' && node.operands.every(isWhole)
    case 'round':
      return node.to.lo.d === 1
    case 'when':
      return isWhole(node.otherwise) && node.choices.every((choice) => isWhole(choice.value))
    case 'highest':
      return node.choices.every((choice) => isWhole(choice.value))
    default:
      return node.kind === 'table' && node.bands.every((band) => isWhole(band.value))
  }
}

function breakCycle(fact: FactDefinition, report: (reason: string) => void): void {
  const visit = (at: FactDefinition, path: readonly FactDefinition[]): boolean => {
    if (at.derive === undefined) return false
    if (path.includes(at)) return at === fact
    return factsRead(at.derive).some((next) => visit(next, [...path, at]))
  }
  if (!visit(fact, [])) return
  report(`${fact.id} is derived from itself`)
  delete fact.derive
}
