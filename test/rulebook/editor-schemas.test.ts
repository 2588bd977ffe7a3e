import { readdirSync, readFileSync } from 'node:fs'
import t from 'tap'
import { defaultLayers } from '../../src/rulebook/default-layers.js'
import { editorSchemas } from '../../src/rulebook/editor-schemas.js'
import { explainFields } from '../../src/rulebook/explain-fields.js'
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

t.test('editors know the schema of every file from where it stands', async (t) => {
  const settings = JSON.parse(readFileSync('.vscode/settings.json', 'utf8'))
  const rows: { fileMatch: string[]; url: string }[] = settings['json.schemas']
  const pattern = (glob: string) =>
    new RegExp(`^${glob.replaceAll('.', '\\.').replaceAll('*', '[^/]*')}$`)
  for (const { kind, file } of readLayers(defaultLayers({}).layers).files) {
    const found = rows.filter(({ fileMatch }) =>
      fileMatch.some((glob) => pattern(glob).test(`/${file}`)),
    )
    t.strictSame(
      found.map(({ url }) => url),
      [`./rules/schema/${kind}.json`],
      file,
    )
  }
})

t.test('every field that an author writes is explained', async (t) => {
  for (const kind of ['jurisdiction', 'programme', 'version', 'cases'] as const) {
    const fields = explainFields(kind).filter(({ field }) => !field.startsWith('scorecard.'))
    t.ok(fields.length > 2, kind)
    t.strictSame(
      fields.filter(({ explanation }) => explanation === ''),
      [],
      kind,
    )
  }
  const names = explainFields('version').map(({ field }) => field)
  t.ok(names.includes('parameters.<name>.value') && names.includes('entitlement.against'))
  t.equal(new Set(names).size, names.length, 'each field once')
})

t.test('every shipped file has the whole form that its schema shows to editors', async (t) => {
  for (const { kind, file, json } of readLayers(defaultLayers({}).layers).files) {
    t.strictSame(FILE_FORMATS[kind].safeParse(json).error?.issues ?? [], [], file)
  }
})
