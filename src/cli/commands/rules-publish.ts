import { writeFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { ROLE } from '../../model/rule-version.js'
import { type Published, publish } from '../../rulebook/publish.js'
import { RulebookDefects } from '../../rulebook/rulebook.js'
import { answer, type Command } from '../command.js'
import { UsageError } from '../io.js'
import { type Options, required } from '../options.js'
import { placesOf } from '../rulebook-of.js'
import { failuresText, runProgramme } from '../run-programme.js'

type Publishable = Extract<Published, { kind: 'published' }>

/** `huimin rules publish` */
export const rulesPublish: Command = {
  help: `huimin rules publish [FILE...] --by ROLE --reviewer ROLE [--rewrite-lock] [--json]

Publishes drafts (all, or these files): sets publishedAt to now and both hands, and writes the lock.
Nothing is written unless the whole rulebook is free of defects afterwards, and the worked cases of
every programme that is published come out as they say.
  --by ROLE        who encoded it, such as encoder-1; never a personal name
  --reviewer ROLE  who read it against the text, such as reader-1; not the same hand
  --rewrite-lock   lock again what is published already; only before the first release`,
  options: {
    by: { type: 'string' },
    reviewer: { type: 'string' },
    'rewrite-lock': { type: 'boolean' },
  },
  operands: [0, Number.POSITIVE_INFINITY],
  run: async (given) => {
    const { options, operands, io } = given
    const result = publish(placesOf(io), {
      paths: operands.map((path) => resolve(io.cwd, path)),
      ...hands(options),
      publishedAt: `${io.now().toISOString().slice(0, 19)}Z`,
      rewriteLock: options['rewrite-lock'] === true,
    })
    if (result.kind === 'refused') throw new UsageError(result.reason)
    if (result.kind === 'defects') throw new RulebookDefects(result.defects)
    const { versions, writes } = result
    const failures = await failuresOf(result)
    if (failures !== '') {
      io.err(`nothing is published while a case fails\n${failures}`)
      return 1
    }
    for (const { path, text } of writes) writeFileSync(path, text)
    answer(given, { published: versions, written: writes.map(({ path }) => path) }, () => {
      const lines = versions.map((id) => `published ${id}\n`)
      return `${lines.join('')}${versions.length} published, ${writes.length} files written\n`
    })
    return 0
  },
}

/** What fails among the cases of the programmes that are published; empty: nothing. */
async function failuresOf({ versions, rulebook }: Publishable): Promise<string> {
  const ids = new Set(versions.map((id) => id.slice(0, id.indexOf('@'))))
  const programmes = [...rulebook.programmes.values()].filter(({ programme }) =>
    ids.has(programme.id),
  )
  const runs = await Promise.all(programmes.map((one) => runProgramme(rulebook, one)))
  return failuresText(runs)
}

function hands(options: Options): { publishedBy: string; reviewedBy: string } {
  const [publishedBy, reviewedBy] = [required(options, 'by'), required(options, 'reviewer')]
  for (const role of [publishedBy, reviewedBy]) {
    if (!ROLE.test(role)) throw new UsageError(`"${role}" is no role such as encoder-1`)
  }
  if (publishedBy === reviewedBy)
    throw new UsageError('publication takes two hands: --by and --reviewer are the same')
  return { publishedBy, reviewedBy }
}
