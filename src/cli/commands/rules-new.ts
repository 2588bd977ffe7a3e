import { existsSync, writeFileSync } from 'node:fs'
import { basename, dirname, join, relative, resolve } from 'node:path'
import { dayOf } from '../../model/civil-date.js'
import { PROGRAMME_ID } from '../../model/programme.js'
import { folderLayer } from '../../rulebook/default-layers.js'
import { makeFolder } from '../../rulebook/make-folder.js'
import { readLayers } from '../../rulebook/read-layers.js'
import { type ScaffoldedFile, scaffold } from '../../rulebook/scaffold.js'
import { answer, type Command } from '../command.js'
import { UsageError } from '../io.js'
import { placesOf } from '../rulebook-of.js'
import { table } from '../table.js'

/** `huimin rules new CITY/PROGRAMME VALID_FROM` */
export const rulesNew: Command = {
  help: `huimin rules new CITY/PROGRAMME VALID_FROM [--to DIR] [--explain] [--json]

Starts a draft: a copy of the programme's newest version, valid from that day; a correction if a
published one starts that day already; every file of a new programme. Says what to fill in. A draft
that stands already is left as it is: edit it. What every field means says --explain, or an editor
that follows "$schema".
VALID_FROM is YYYY-MM-DD, or undated where the text does not say since when.
  --to DIR    an extra rulebook folder instead of rules
  --explain   writes nothing: every field of the files, with its meaning`,
  options: { to: { type: 'string' }, explain: { type: 'boolean' } },
  operands: [2, 2],
  run: (given) => {
    const { operands, options, io } = given
    const [programme, start] = operands as [string, string]
    if (!PROGRAMME_ID.test(programme)) throw new UsageError(`"${programme}" is no CITY/PROGRAMME`)
    if (start !== 'undated' && Number.isNaN(dayOf(start)))
      throw new UsageError(`"${start}" is no day YYYY-MM-DD`)
    const { layers } = placesOf(io)
    const extra = typeof options.to === 'string' ? [folderLayer(resolve(io.cwd, options.to))] : []
    const { files } = readLayers([...layers, ...extra])
    const rules = [...layers.slice(0, 1), ...extra].at(-1)?.rules as string
    const { isNew, writes, fill, fields } = scaffold(files, {
      programme,
      validFrom: start === 'undated' ? null : start,
      rules,
      schemas: join(layers[0]?.rules as string, 'schema'),
    })
    if (options.explain === true) {
      answer(given, { fields }, () => fields.map(explanation).join('\n'))
      return 0
    }
    const taken = writes.find(({ path }) => existsSync(path))
    if (taken !== undefined) throw new UsageError(`${relative(io.cwd, taken.path)} exists already`)
    for (const { path, text } of writes) {
      makeFolder(dirname(path))
      writeFileSync(path, text)
    }
    const written = writes.map(({ path }) => relative(io.cwd, path))
    answer(given, { written, fill, fields }, () =>
      [
        ...written.map((path) => `wrote ${path}`),
        ...fill.map((line) => `  fill in ${line}`),
        `then: huimin rules check, test, test --mutate, ${isNew ? '' : 'diff, '}publish`,
        '',
      ].join('\n'),
    )
    return 0
  },
}

/** The fields of one file, a line each. */
function explanation({ path, fields }: ScaffoldedFile): string {
  const rows = fields.map(({ field, explanation: meaning }) => [`  ${field}`, meaning])
  return `${basename(path)}\n${table(rows)}`
}
