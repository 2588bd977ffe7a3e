import { factName } from '../model/fact.js'
import { nearestName } from '../model/nearest-name.js'
import type { Parameter } from '../model/rule-version.js'
import type { Dictionary, FactDefinition } from './fact-definition.js'

/** What an expression or condition may refer to where it stands, and where its defects go. */
export interface Typing {
  readonly fact: (id: string) => FactDefinition | undefined
  /** The ids of these facts, for one that is not known. */
  readonly facts: () => Iterable<string>
  readonly parameters: Readonly<Record<string, Parameter>>
  /** Whether one member is in view: in a member's rule, or inside an aggregate. */
  readonly member: boolean
  readonly report: (pointer: string, reason: string) => void
}

/** The facts of a dictionary, to type with. */
export function factsOf(dictionary: Dictionary): Pick<Typing, 'fact' | 'facts'> {
  return { fact: (id) => dictionary.get(id), facts: () => dictionary.keys() }
}

/** A fact that may be read here, or undefined after reporting why not. */
export function resolveFact(
  id: string,
  pointer: string,
  typing: Typing,
): FactDefinition | undefined {
  const fact = typing.fact(id)
  if (fact === undefined) {
    typing.report(pointer, unknownFact(id, typing))
    return undefined
  }
  if (fact.entity === 'member' && !typing.member) {
    typing.report(
      pointer,
      `a household rule may read the member fact "${id}" only through count, sum, any or all`,
    )
    return undefined
  }
  return fact
}

/** What is said of an id that is no fact: the nearest that can be read here, or how a parameter is read. */
function unknownFact(id: string, { facts, member }: Typing): string {
  if (id.startsWith('parameter.'))
    return `"${id}" is no fact; a computation reads it as { "parameter": "${id.slice(10)}" }`
  const readable = [...facts()].filter((one) => member || !one.startsWith('member.'))
  return `unknown fact "${id}"; the nearest is ${nearestOf(readable, id)}`
}

/** The nearest of the ids of facts; a name without its entity is compared with names alone. */
function nearestOf(ids: readonly string[], id: string): string {
  if (id.includes('.')) return nearestName(id, ids)
  const names = new Map(ids.map((one) => [factName(one), one]))
  return names.get(nearestName(id, names.keys())) as string
}

/** Whether a JSON value is an object, not a list and not null. */
export function isObject(json: unknown): json is Record<string, unknown> {
  return typeof json === 'object' && json !== null && !Array.isArray(json)
}

/** A key as one segment of a JSON pointer (RFC 6901). */
export function segment(key: string): string {
  return `/${key.replaceAll('~', '~0').replaceAll('/', '~1')}`
}
