import { dirname, resolve } from 'node:path'
import { type ScreeningSummary, screen } from '../../screening/screen.js'
import { screenPostgres } from '../../screening/screen-postgres.js'
import { checkFolders, checkReads, checkWrites, namedPaths } from '../check-files.js'
import { answer, type Command, type Given } from '../command.js'
import { UsageError } from '../io.js'
import { longRun, RESOURCES, resourcesOf } from '../long-run.js'
import { type Options, pathOption, required, wholeNumber } from '../options.js'
import { showProgress } from '../progress.js'
import { questionOf } from '../question-of.js'
import { rulebookOf } from '../rulebook-of.js'
import { counted, table } from '../table.js'

/** `huimin screen` */
export const screenCommand: Command = {
  help: `huimin screen --households FILE --members FILE --as-of DAY [--out FILE] [options]
huimin screen --households FILE.ndjson --as-of DAY [--out FILE] [options]
huimin screen --source postgres --households VIEW --members VIEW --as-of DAY --into TABLE [options]

Decides a register: one row for each programme and subject goes to --out (.parquet, .csv or
.ndjson) with householdId, memberId, programme, ruleVersion, outcome, amount, missing. The columns
of the files (.parquet, .csv) are householdId, memberId and fact ids without their prefix; a line of
.ndjson is {"householdId", "household"}. A household with a fault is left out.

  --known-at INSTANT   rules as known then (now)     --programmes A,B    only these
  --jurisdiction CODE  only its programmes           --rejects FILE      faults as lines of JSON
  --sample N           only the first N households   --memory 1GB        memory for data
  --threads N          processor threads             --folder DIR        for what is half done
  --database URL       PostgreSQL (DATABASE_URL)     --json              the summary as JSON`,
  options: {
    source: { type: 'string' },
    households: { type: 'string' },
    members: { type: 'string' },
    'as-of': { type: 'string' },
    'known-at': { type: 'string' },
    programmes: { type: 'string' },
    jurisdiction: { type: 'string' },
    out: { type: 'string' },
    into: { type: 'string' },
    rejects: { type: 'string' },
    sample: { type: 'string' },
    folder: { type: 'string' },
    database: { type: 'string' },
    ...RESOURCES,
  },
  operands: [0, 0],
  run: (given) =>
    longRun(given, async (signal) => {
      const source = given.options.source ?? 'files'
      if (source !== 'files' && source !== 'postgres')
        throw new UsageError('--source is files or postgres')
      refuseOptions(given.options, source)
      return source === 'files' ? ofFiles(given, signal) : inPostgres(given, signal)
    }),
}

/** What has no meaning for a source. */
const NOT_FOR = {
  files: ['into', 'database'],
  postgres: ['out', 'rejects', 'sample', 'folder', 'memory', 'threads'],
} as const

function refuseOptions(options: Options, source: keyof typeof NOT_FOR): void {
  const other = NOT_FOR[source].find((name) => options[name] !== undefined)
  if (other !== undefined) throw new UsageError(`--${other} is not for --source ${source}`)
}

async function ofFiles(given: Given, signal: AbortSignal): Promise<0> {
  const { options, io } = given
  const progress = showProgress(io)
  const screening = {
    ...questionOf(given),
    ...resourcesOf(options),
    sample: wholeNumber(options, 'sample'),
    ...filesOf(given),
    rulebook: rulebookOf(io),
    signal,
    progress: options.json === true ? undefined : progress.show,
  }
  const summary = await screen(screening)
  progress.end()
  answer(given, summary, () => words(summary))
  return 0
}

/** The files of a run, none over another and each in a folder that is there. */
function filesOf({ options, io }: Given) {
  const path = (name: string) => pathOption(options, name, io)
  const reads = {
    households: resolve(io.cwd, required(options, 'households')),
    members: path('members'),
  }
  const writes = { out: path('out'), rejects: path('rejects') }
  const folder = path('folder')
  checkReads(namedPaths(reads))
  const written = namedPaths(writes)
  const folders = written.map((one) => ({ ...one, path: dirname(one.path) }))
  checkFolders([...namedPaths({ folder }), ...folders])
  checkWrites(written, namedPaths(reads))
  return { ...reads, ...writes, folder }
}

async function inPostgres(given: Given, signal: AbortSignal): Promise<0> {
  const { options, io } = given
  const database = options.database ?? io.env.DATABASE_URL
  if (typeof database !== 'string') throw new UsageError('--database or DATABASE_URL is needed')
  const summary = await screenPostgres({
    rulebook: rulebookOf(io),
    ...questionOf(given),
    database,
    households: required(options, 'households'),
    members: required(options, 'members'),
    into: required(options, 'into'),
    signal,
  })
  answer(given, summary, () => words(summary))
  return 0
}

function amountOf({ paid, amount, unit, bound }: ScreeningSummary['programmes'][number]): string {
  if (paid === 0) return '-'
  return [bound === 'floor' && 'at least', amount, unit].filter(Boolean).join(' ')
}

function words(summary: ScreeningSummary): string {
  const { households, members, rejected, faults, programmes, notInForce } = summary
  const read = `${counted(households, 'household')}, ${counted(members, 'member')}`
  const left = `${counted(rejected, 'household')} left out for ${counted(faults, 'fault')}`
  const rows = programmes.map((one) => [
    one.programme,
    one.subject,
    one.eligible,
    one.unknown,
    one.ineligible,
    amountOf(one),
  ])
  const out = notInForce.map(({ programme, reason }) => [programme, '-', reason, '-', '-', '-'])
  const title = ['programme', 'subject', 'eligible', 'unknown', 'ineligible', 'amount in all']
  return `${read}; ${left}\n\n${table([title, ...rows, ...out])}`
}
