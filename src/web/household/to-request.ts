import type { DeterminationRequest, Fact } from '../api/client.ts'
import type { Asked, FactValue, FactValues } from './asked.tsx'

const NUMBER = /^-?\d+(\.\d+)?$/

/** The request of a form. What is no number where one is wanted goes as typed: the service says so. */
export function toRequest(asked: Asked, facts: readonly Fact[]): DeterminationRequest {
  const { jurisdiction, asOf, programmes } = asked
  const types = new Map(facts.map(({ id, type }) => [id, type]))
  const household = {
    ...stated(asked.facts, 'household', types),
    members: asked.members.map(({ id, facts: own }) => ({ id, ...stated(own, 'member', types) })),
  }
  return {
    asOf,
    jurisdiction,
    ...(programmes !== null && { programmes: [...programmes] }),
    household: household as DeterminationRequest['household'],
  }
}

function stated(values: FactValues, entity: string, types: ReadonlyMap<string, Fact['type']>) {
  const known = Object.entries(values).filter(([, value]) => value !== undefined && value !== '')
  return Object.fromEntries(
    known.map(([name, value]) => [name, edge(value as FactValue, types.get(`${entity}.${name}`))]),
  )
}

function edge(value: FactValue, type: Fact['type'] | undefined): unknown {
  if (typeof value !== 'string') return value
  // Digits as a Chinese keyboard gives them, １２, are those of every other: 12.
  const text = value.normalize('NFKC').trim()
  const isNumber = (type === 'integer' || type === 'decimal') && NUMBER.test(text)
  return isNumber ? Number(text) : text
}

/** A household of the service's own form, such as a sample, as values of the form. */
export function toValues(stated: Readonly<Record<string, unknown>>): FactValues {
  const known = Object.entries(stated).filter(([, value]) => value !== null)
  return Object.fromEntries(
    known.map(([name, value]) => [name, typeof value === 'number' ? String(value) : value]),
  ) as FactValues
}
