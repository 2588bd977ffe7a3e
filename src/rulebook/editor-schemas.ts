import { z } from 'zod'
import { FILE_FORMATS } from './file-formats.js'

/** JSON Schema of each file of a rulebook, by file name below rules/schema: for editors. */
export function editorSchemas(): ReadonlyMap<string, unknown> {
  const schemas = Object.entries(FILE_FORMATS).map(([kind, format]): [string, unknown] => [
    `${kind}.json`,
    z.toJSONSchema(format, { io: 'input', reused: 'inline' }),
  ])
  return new Map(schemas)
}
