import type { z } from 'zod'
import { segment } from '../engine/typing.js'
import { formatWords } from './format-words.js'
import type { RulebookFile } from './read-layers.js'
import type { Defect } from './rulebook.js'

/**
 * A file's JSON in its format, or undefined after reporting every place that does not fit, with
 * its JSON pointer.
 */
export function parseFile<T extends z.ZodType>(
  file: RulebookFile,
  format: T,
  report: (defect: Defect) => void,
): z.infer<T> | undefined {
  const forbidden = forbiddenName(file.json)
  if (forbidden !== undefined) {
    report({ file: file.file, pointer: forbidden, reason: `"${FORBIDDEN}" is no name` })
    return undefined
  }
  // Code generated for a format costs more than it saves on the files of one rulebook.
  const parsed = format.safeParse(file.json, { jitless: true, reportInput: true })
  if (parsed.success) return parsed.data
  for (const issue of parsed.error.issues) {
    for (const { pointer, reason } of faults(issue)) report({ file: file.file, pointer, reason })
  }
  return undefined
}

/** An object of JavaScript does not keep it like other keys; zod passes over it in a record. */
const FORBIDDEN = '__proto__'

/** Pointer of the first key of that name; undefined where there is none. */
function forbiddenName(json: unknown): string | undefined {
  if (typeof json !== 'object' || json === null) return undefined
  if (Object.hasOwn(json, FORBIDDEN)) return segment(FORBIDDEN)
  for (const [key, value] of Object.entries(json)) {
    const below = forbiddenName(value)
    if (below !== undefined) return segment(key) + below
  }
  return undefined
}

interface Fault {
  readonly pointer: string
  readonly reason: string
}

function faults(issue: z.core.$ZodIssue, above: readonly PropertyKey[] = []): readonly Fault[] {
  const path = [...above, ...issue.path]
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => ({
      pointer: pointerOf([...path, key]),
      reason: `unknown key "${key}"`,
    }))
  }
  if (issue.code === 'invalid_union' && issue.errors.flat().some(isBelow)) {
    return nearest(issue.errors).flatMap((inner) => faults(inner, path))
  }
  return [{ pointer: pointerOf(path), reason: formatWords(issue) }]
}

/** Whether one of a union's alternatives is of the right kind, and something in it does not fit. */
function isBelow(issue: z.core.$ZodIssue): boolean {
  return issue.code !== 'invalid_type' || issue.path.length > 0
}

/** Of a union's alternatives the one that was probably meant: whose faults lie deepest. */
function nearest(errors: readonly (readonly z.core.$ZodIssue[])[]): readonly z.core.$ZodIssue[] {
  const depth = (issues: readonly z.core.$ZodIssue[]) =>
    Math.min(
      ...issues.map((issue) => issue.path.length + Number(issue.code === 'unrecognized_keys')),
    )
  return errors.reduce((best, issues) => (depth(issues) > depth(best) ? issues : best))
}

function pointerOf(path: readonly PropertyKey[]): string {
  return path.map((key) => segment(String(key))).join('')
}
