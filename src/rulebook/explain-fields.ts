import { z } from 'zod'
import { FILE_FORMATS } from './file-formats.js'
import type { FileKind } from './read-layers.js'

/** One field of a file, such as `parameters.<name>.value`, and what it means. */
export interface ExplainedField {
  readonly field: string
  readonly explanation: string
}

/**
 * Every field of a kind of file, in order, as its schema explains it; fields inside fields follow,
 * those of a condition once, though conditions stand in conditions.
 */
export function explainFields(kind: FileKind): readonly ExplainedField[] {
  return fieldsOf(FILE_FORMATS[kind], { path: '', explained: new Set() })
}

interface Place {
  readonly path: string
  /** The alternatives of the unions that were explained before. */
  readonly explained: Set<unknown>
}

function fieldsOf(schema: z.ZodType, place: Place): readonly ExplainedField[] {
  const bare = bareOf(schema)
  const { path, explained } = place
  if (bare instanceof z.ZodArray)
    return fieldsOf(bare.element as z.ZodType, { path: `${path}[]`, explained })
  if (bare instanceof z.ZodRecord)
    return fieldsOf(bare.valueType as z.ZodType, { path: `${path}.<name>`, explained })
  if (bare instanceof z.ZodUnion) return fieldsOfAny(bare.options as readonly z.ZodType[], place)
  if (!(bare instanceof z.ZodObject) || isWords(bare)) return []
  return Object.entries(bare.shape as Record<string, z.ZodType>).flatMap(([name, inner]) => {
    const field = path === '' ? name : `${path}.${name}`
    if (name.startsWith('$')) return []
    return [
      { field, explanation: explanationOf(inner) },
      ...fieldsOf(inner, { path: field, explained }),
    ]
  })
}

/** The fields of all alternatives that are objects, each field once. */
function fieldsOfAny(options: readonly z.ZodType[], place: Place): readonly ExplainedField[] {
  if (place.explained.has(options)) return []
  place.explained.add(options)
  const objects = options.filter((option) => bareOf(option) instanceof z.ZodObject)
  const fields = objects.flatMap((option) => fieldsOf(option, place))
  return fields.filter(
    ({ field }, index) => fields.findIndex((other) => other.field === field) === index,
  )
}

/** The schema inside what may be left out, null or filled in. */
function bareOf(schema: z.ZodType): z.ZodType {
  const wrapped =
    schema instanceof z.ZodOptional ||
    schema instanceof z.ZodNullable ||
    schema instanceof z.ZodDefault
  return wrapped ? bareOf(schema.unwrap() as z.ZodType) : schema
}

function explanationOf(schema: z.ZodType): string {
  return schema.description ?? bareOf(schema).description ?? ''
}

function isWords(schema: z.ZodObject): boolean {
  return Object.keys(schema.shape).join() === 'zh,en'
}
