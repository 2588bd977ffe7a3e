import type { z } from 'zod'

type Issue = z.core.$ZodIssue

/** What a format asks for, in words. */
const KINDS: Readonly<Record<string, string>> = {
  string: 'text in quotes',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
  tuple: 'a list',
  object: 'an object in braces',
  record: 'an object in braces',
}

/** What must stand where a file does not fit its format, in plain words. */
export function formatWords(issue: Issue): string {
  if (issue.input === undefined) return 'is missing'
  switch (issue.code) {
    case 'invalid_type':
      return wrongKind(issue)
    case 'invalid_value':
      return `must be ${either(issue.values.map(String))}`
    case 'invalid_union':
      return wrongUnion(issue)
    case 'invalid_key':
      return issue.issues.map(formatWords).join('; ')
    case 'too_small':
      return tooSmall(issue)
    case 'too_big':
      return `must list at most ${issue.maximum}`
    default:
      // The words of the format itself.
      return issue.message
  }
}

function wrongKind({ input, expected }: Issue & { code: 'invalid_type' }): string {
  if (typeof input === 'number' && expected === 'number') return 'is too large a number'
  return `must be ${KINDS[expected]}`
}

/** Of objects that differ by a name the names there are, of other alternatives each. */
function wrongUnion(issue: Issue & { code: 'invalid_union' }): string {
  if ('options' in issue) return `must be ${either((issue.options as unknown[]).map(String))}`
  return issue.errors.flat().map(formatWords).join(', or ')
}

function tooSmall({ origin, minimum, inclusive }: Issue & { code: 'too_small' }): string {
  if (origin === 'string') return 'is empty'
  if (origin === 'array') return `must list at least ${minimum}`
  return inclusive ? `must be ${minimum} or more` : `must be above ${minimum}`
}

function either(list: readonly string[]): string {
  return [list.slice(0, -1).join(', '), ...list.slice(-1)].filter(Boolean).join(' or ')
}
