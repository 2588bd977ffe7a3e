import { type ParseArgsConfig, parseArgs } from 'node:util'
import { type Io, UsageError } from './io.js'
import type { Options } from './options.js'

export type ExitCode = 0 | 1

/** What a command is given. */
export interface Given {
  readonly options: Options
  readonly operands: readonly string[]
  readonly io: Io
}

/** A command: its help, what it takes, and what it does. Exit code 1: the answer is bad. */
export interface Command {
  /** Shown by `--help`: a usage line, then what it does and its options. */
  readonly help: string
  /** Its options beside `--help` and `--json`. */
  readonly options: NonNullable<ParseArgsConfig['options']>
  /** Least and greatest number of operands. */
  readonly operands: readonly [least: number, most: number]
  readonly run: (given: Given) => Promise<ExitCode> | ExitCode
}

const COMMON = { help: { type: 'boolean', short: 'h' }, json: { type: 'boolean' } } as const

/** Parses the arguments of a command and runs it. Throws `UsageError` for wrong use. */
export async function runCommand(
  command: Command,
  args: readonly string[],
  io: Io,
): Promise<ExitCode> {
  const { values, positionals } = parse(command, args)
  if (values.help === true) {
    io.out(`${command.help}\n`)
    return 0
  }
  const [least, most] = command.operands
  const usage = command.help.split('\n')[0] as string
  if (positionals.length < least || positionals.length > most) throw new UsageError(usage)
  return command.run({ options: values, operands: positionals, io })
}

interface Parsed {
  readonly values: Options
  readonly positionals: readonly string[]
}

function parse({ options }: Command, args: readonly string[]): Parsed {
  try {
    const parsed = parseArgs({
      args: [...args],
      options: { ...options, ...COMMON },
      allowPositionals: true,
    })
    return { values: parsed.values as Options, positionals: parsed.positionals }
  } catch (error) {
    throw new UsageError((error as Error).message.split('\n')[0])
  }
}

/** Prints an answer: as JSON with `--json`, else as text. */
export function answer({ options, io }: Given, json: unknown, text: () => string): void {
  io.out(options.json === true ? `${JSON.stringify(json, null, 2)}\n` : text())
}
