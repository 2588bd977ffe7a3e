import { join, resolve } from 'node:path'
import { shanghaiDate } from '../../model/civil-date.js'
import type { RulebookLayer } from '../../rulebook/read-layers.js'
import {
  makeRegister,
  REGISTER_FORMATS,
  type RegisterFormat,
  readRegisterModel,
  registerFiles,
} from '../../screening/register/make-register.js'
import { checkNewFolder, checkWrites, namedPaths } from '../check-files.js'
import { answer, type Command, type Given } from '../command.js'
import { UsageError } from '../io.js'
import { longRun, RESOURCES, resourcesOf } from '../long-run.js'
import { dayOption, pathOption, required, wholeNumber } from '../options.js'
import { placesOf, rulebookOf } from '../rulebook-of.js'

/** `huimin register` */
export const registerCommand: Command = {
  help: `huimin register --households N --seed S --out DIR [--format parquet|csv|ndjson] [--json] [options]

Makes a register of invented households to try screenings on; the same for the same N, S and day.
How its facts are distributed stands in seeds/register/distributions.json. Writes
households.parquet and members.parquet (or .csv), or households.ndjson.

  --as-of DAY          ages are reckoned on it (today)    --model FILE   other distributions
  --memory 1GB         memory for data                    --threads N    processor threads`,
  options: {
    households: { type: 'string' },
    seed: { type: 'string' },
    out: { type: 'string' },
    format: { type: 'string' },
    'as-of': { type: 'string' },
    model: { type: 'string' },
    ...RESOURCES,
  },
  operands: [0, 0],
  run: (given) =>
    longRun(given, async (signal) => {
      const { options, io } = given
      required(options, 'households')
      required(options, 'seed')
      const format = REGISTER_FORMATS.find((name) => name === (options.format ?? 'parquet'))
      if (format === undefined)
        throw new UsageError(`--format is one of ${REGISTER_FORMATS.join(', ')}`)
      const { out, model } = filesOf(given, format)
      const made = await makeRegister({
        households: wholeNumber(options, 'households') as number,
        seed: wholeNumber(options, 'seed') as number,
        out,
        format,
        dictionary: rulebookOf(io).dictionary,
        model: readRegisterModel(model),
        asOf: dayOption(options, 'as-of') ?? shanghaiDate(io.now()),
        ...resourcesOf(options),
        signal,
      })
      answer(given, made, () =>
        [...made.files, `${made.households} households, ${made.members} members`, ''].join('\n'),
      )
      return 0
    }),
}

/** Where the model of a register is read, and the folder in which no file of it overwrites that. */
function filesOf({ options, io }: Given, format: RegisterFormat) {
  const [own] = placesOf(io).layers as [RulebookLayer]
  const shipped = join(own.seeds, 'register', 'distributions.json')
  const model = pathOption(options, 'model', io) ?? shipped
  const out = resolve(io.cwd, required(options, 'out'))
  checkNewFolder({ option: '--out', path: out })
  const writes = registerFiles(out, format).map((path) => ({ option: '--out', path }))
  checkWrites(writes, namedPaths({ model }))
  return { out, model }
}
