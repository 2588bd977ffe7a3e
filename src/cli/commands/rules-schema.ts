import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { editorSchemas } from '../../rulebook/editor-schemas.js'
import { makeFolder } from '../../rulebook/make-folder.js'
import { answer, type Command } from '../command.js'
import { placesOf } from '../rulebook-of.js'

/** `huimin rules schema` */
export const rulesSchema: Command = {
  help: `huimin rules schema [--json]

Writes rules/schema/*.json, the JSON Schemas that editors read ("$schema" in a data file).`,
  options: {},
  operands: [0, 0],
  run: (given) => {
    const [own] = placesOf(given.io).layers
    const folder = join(own?.rules as string, 'schema')
    makeFolder(folder)
    const written = [...editorSchemas()].map(([name, schema]) => {
      writeFileSync(join(folder, name), `${JSON.stringify(schema, null, 2)}\n`)
      return `schema/${name}`
    })
    answer(given, { written }, () => written.map((name) => `${name}\n`).join(''))
    return 0
  },
}
