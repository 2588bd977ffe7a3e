import { readdirSync, readFileSync } from 'node:fs'
import t from 'tap'
import { defaultLayers } from '../../src/rulebook/default-layers.js'
import { editorSchemas } from '../../src/rulebook/editor-schemas.js'
import { FILE_FORMATS } from '../../src/rulebook/file-formats.js'
import { readLayers } from '../../src/rulebook/read-layers.js'

const FOLDER = new URL('../../rules/schema/', import.meta.url)

t.test('the schemas for editors are those of the formats: huimin rules schema', async (t) => {
  const schemas = editorSchemas()
  t.strictSame(readdirSync(FOLDER).sort(), [...schemas.keys()].sort())
  for (const [name, schema] of schemas) {
    t.strictSame(
      JSON.parse(readFileSync(new URL(name, FOLDER), 'utf8')),
      JSON.parse(JSON.stringify(schema)),
      name,
    )
  }
})

t.test('every shipped file has the whole form that its schema shows to editors', async (t) => {
  for (const { kind, file, json } of readLayers(defaultLayers({}).layers).files) {
    t.strictSame(FILE_FORMATS[kind].safeParse(json).error?.issues ?? [], [], file)
  }
})
