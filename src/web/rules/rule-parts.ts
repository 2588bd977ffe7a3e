import type { Schemas } from '../api/client.ts'

export type RuleVersion = Schemas['PublishedVersion']['rule']

/** Every object inside a part of a rule, itself included, in the order of writing. */
function* objectsIn(part: unknown): Generator<Readonly<Record<string, unknown>>> {
  if (typeof part !== 'object' || part === null) return
  if (!Array.isArray(part)) yield part as Record<string, unknown>
  for (const inside of Object.values(part)) yield* objectsIn(inside)
}

/** The fact that a parameter is compared with in a condition; undefined where it is in none. */
export function factComparedWith(rule: RuleVersion, parameter: string): string | undefined {
  for (const { fact, value } of objectsIn(rule.conditions)) {
    const figure = (value as { readonly fact?: string } | null | undefined)?.fact
    if (figure === `parameter.${parameter}`) return fact as string
  }
  return undefined
}

/** Every clause a version rests on, those that confer first. */
export function clausesOf(rule: RuleVersion): readonly string[] {
  return named(rule, ['clause', 'clauses', 'alsoClauses'])
}

/** Every reading a version rests on where the text is silent. */
export function interpretationsOf(rule: RuleVersion): readonly string[] {
  return named(rule, ['interpretation', 'interpretations', 'alsoInterpretations'])
}

function named(rule: RuleVersion, keys: readonly string[]): readonly string[] {
  const ids = [...objectsIn(rule)].flatMap((part) => keys.flatMap((key) => part[key] ?? []))
  return [...new Set(ids as string[])]
}
