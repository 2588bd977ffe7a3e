import { join, resolve } from 'node:path'
import { folderLayer } from '../../rulebook/default-layers.js'
import { loadRulebook } from '../../rulebook/load-rulebook.js'
import type { Rulebook } from '../../rulebook/rulebook.js'
import { KNOWN_WITH_DRAFTS } from '../../rulebook/survive.js'
import { type Impact, impact } from '../../screening/impact/impact.js'
import { HIDDEN_MARK, REPORT } from '../../screening/impact/report-words.js'
import { REPORT_FILES, writeReport } from '../../screening/impact/write-report.js'
import { checkNewFolder, checkReads, checkWrites, namedPaths } from '../check-files.js'
import { answer, type Command, type Given } from '../command.js'
import { UsageError } from '../io.js'
import { longRun, RESOURCES, resourcesOf } from '../long-run.js'
import { languageOption, pathOption, required, wholeNumber } from '../options.js'
import { showProgress } from '../progress.js'
import { askedDay, askedInstant, questionOf } from '../question-of.js'
import { placesOf, rulebookOf } from '../rulebook-of.js'
import { table } from '../table.js'

/** `huimin impact` */
export const impactCommand: Command = {
  help: `huimin impact --households FILE [--members FILE] --as-of DAY --out DIR
  [--then-as-of DAY] [--then-known-at INSTANT] [--draft DIR] [options]

Who gains and who loses, on one population: the rules of --as-of and --known-at against those of
another day or instant (--then-...), or against a rulebook folder with drafts laid over the
published rules (--draft). Writes impact.html, impact.json and impact.csv; groups in which fewer
than 5 people could be found are hidden.

  --known-at INSTANT   --programmes A,B   --jurisdiction CODE   --language zh|en
  --sample N           --memory 1GB       --threads N           --json`,
  options: {
    households: { type: 'string' },
    members: { type: 'string' },
    'as-of': { type: 'string' },
    'known-at': { type: 'string' },
    'then-as-of': { type: 'string' },
    'then-known-at': { type: 'string' },
    draft: { type: 'string' },
    programmes: { type: 'string' },
    jurisdiction: { type: 'string' },
    language: { type: 'string' },
    sample: { type: 'string' },
    out: { type: 'string' },
    ...RESOURCES,
  },
  operands: [0, 0],
  run: (given) =>
    longRun(given, async (signal) => {
      const { options, io } = given
      const language = languageOption(options)
      const sides = sidesOf(given)
      const { out, ...register } = filesOf(given)
      const progress = showProgress(io)
      const found = await impact({
        ...sides,
        ...resourcesOf(options),
        ...register,
        sample: wholeNumber(options, 'sample'),
        signal,
        progress: options.json === true ? undefined : progress.show,
      })
      progress.end()
      const files = await writeReport(found, out, language)
      answer(given, found, () => words(found, files))
      return 0
    }),
}

/** The files of a register, and a folder for the report in which it overwrites none of them. */
function filesOf({ options, io }: Given) {
  const out = resolve(io.cwd, required(options, 'out'))
  const register = {
    households: resolve(io.cwd, required(options, 'households')),
    members: pathOption(options, 'members', io),
  }
  checkReads(namedPaths(register))
  checkNewFolder({ option: '--out', path: out })
  const writes = REPORT_FILES.map((name) => ({ option: '--out', path: join(out, name) }))
  checkWrites(writes, namedPaths(register))
  return { ...register, out }
}

function sidesOf(given: Given): Pick<Parameters<typeof impact>[0], 'before' | 'after'> {
  const { options, io } = given
  const question = questionOf(given)
  const { draft } = options
  const thenAsOf = askedDay(given, 'then-as-of')
  const thenKnownAt = askedInstant(given, 'then-known-at')
  if (draft === undefined && thenAsOf === undefined && thenKnownAt === undefined)
    throw new UsageError('one of --then-as-of, --then-known-at, --draft is needed')
  const rulebook = rulebookOf(io)
  const knownAt = draft === undefined ? question.knownAt : KNOWN_WITH_DRAFTS
  return {
    before: { ...question, rulebook },
    after: {
      ...question,
      asOf: thenAsOf ?? question.asOf,
      knownAt: thenKnownAt ?? knownAt,
      rulebook: draft === undefined ? rulebook : withDraft(given, String(draft)),
    },
  }
}

/** The published rules with a folder laid over them, drafts taking part. */
function withDraft({ io }: Given, folder: string): Rulebook {
  const places = placesOf(io)
  const layers = [...places.layers, folderLayer(resolve(io.cwd, folder), '--draft')]
  return loadRulebook({ ...places, layers, drafts: true })
}

function words({ programmes, households, rejected }: Impact, files: readonly string[]): string {
  const figure = (value: number | null) => value ?? HIDDEN_MARK
  const rows = programmes.map((one) => [
    one.programme,
    figure(one.gained),
    figure(one.lost),
    figure(one.raised),
    figure(one.lowered),
    one.costPerMonth ?? '-',
  ])
  const title = ['programme', 'gained', 'lost', 'raised', 'lowered', 'cost a month']
  const head = `${households} households; ${rejected} left out\n\n`
  const legend = rows.flat().includes(HIDDEN_MARK) ? `\n${REPORT.hidden.en}\n` : ''
  return `${head}${table([title, ...rows])}${legend}\n${files.map((file) => `${file}\n`).join('')}`
}
