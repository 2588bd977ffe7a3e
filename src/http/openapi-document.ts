import type { Rulebook } from '../rulebook/rulebook.js'
import { buildApp } from './app.js'

/** The OpenAPI 3.1 document of the service on a rulebook, as text of `openapi/openapi.json`. */
export async function openApiDocument(rulebook: Rulebook, clock: () => Date): Promise<string> {
  const settings = { RATE_LIMIT: 1, LOG_LEVEL: 'silent' as const }
  const app = await buildApp({ rulebook, clock, settings })
  try {
    await app.ready()
    return `${JSON.stringify(app.swagger(), null, 2)}\n`
  } finally {
    await app.close()
  }
}
