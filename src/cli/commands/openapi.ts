import { writeFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { openApiDocument } from '../../http/openapi-document.js'
import type { Command, ExitCode } from '../command.js'
import { rulebookOf } from '../rulebook-of.js'

/** `huimin openapi [--out FILE]` */
export const openapi: Command = {
  help: `huimin openapi [--out FILE] [--json]

Prints the OpenAPI 3.1 document of the service, or writes it. The facts in it are those of the rulebook.

  --out FILE  write to FILE instead, such as openapi/openapi.json`,
  options: { out: { type: 'string' } },
  operands: [0, 0],
  run: async ({ options, io }): Promise<ExitCode> => {
    const document = await openApiDocument(rulebookOf(io), io.now)
    if (typeof options.out === 'string') writeFileSync(resolve(io.cwd, options.out), document)
    else io.out(document)
    return 0
  },
}
