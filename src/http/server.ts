import { fileURLToPath } from 'node:url'
import closeWithGrace from 'close-with-grace'
import { defaultLayers } from '../rulebook/default-layers.js'
import { loadRulebook } from '../rulebook/load-rulebook.js'
import { buildApp } from './app.js'
import { readSettings, type Settings } from './settings.js'

/** Milliseconds for requests in flight once the process is told to end, then for the whole end. */
const LAST_ANSWERS = 2_000
const LAST_BREATH = 2_800

const PAGES = fileURLToPath(new URL('../web', import.meta.url))

try {
  await serve(readSettings(process.env))
} catch (error) {
  process.stderr.write(`${(error as Error).message}\n`)
  process.exitCode = 1
}

async function serve(settings: Settings): Promise<void> {
  const rulebook = loadRulebook(defaultLayers(process.env))
  const app = await buildApp({ rulebook, clock: () => new Date(), settings, pages: PAGES })
  await app.listen({ port: settings.PORT, host: settings.HOST })
  closeWithGrace({ delay: LAST_BREATH, logger: false }, async ({ err, signal }) => {
    app.log.info({ err, signal }, 'closing')
    // A line that was opened and never used would otherwise hold the process.
    setTimeout(() => app.server.closeAllConnections(), LAST_ANSWERS).unref()
    await app.close()
  })
}
