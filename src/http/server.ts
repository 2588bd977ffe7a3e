import { fileURLToPath } from 'node:url'
import closeWithGrace from 'close-with-grace'
import { openLedger } from '../ledger/open-ledger.js'
import { defaultLayers } from '../rulebook/default-layers.js'
import { loadRulebook } from '../rulebook/load-rulebook.js'
import { authenticateCallers } from './access/authenticate-callers.js'
import { buildApp } from './app.js'
import { screeningsIn } from './screenings/screenings-in.js'
import { readSettings, type Settings } from './settings.js'

/** Milliseconds for requests in flight once the process is told to end, then for the whole end. */
const LAST_ANSWERS = 1_500
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
  const clock = () => new Date()
  const ledger = await openLedger(settings, clock)
  const authenticate = authenticateCallers(settings, clock)
  const screenings = screeningsIn(settings, { rulebook, clock })
  const app = await buildApp({
    rulebook,
    clock,
    settings,
    ledger,
    screenings,
    authenticate,
    pages: PAGES,
  })
  app.addHook('onClose', () => ledger.close())
  try {
    await app.listen({ port: settings.PORT, host: settings.HOST })
  } catch (error) {
    await app.close()
    throw new Error(`HOST and PORT: ${(error as Error).message}`)
  }
  closeWithGrace({ delay: LAST_BREATH, logger: false }, async ({ err, signal }) => {
    app.log.info({ err, signal }, 'closing')
    // A line that was opened and never used would otherwise hold the process.
    setTimeout(() => app.server.closeAllConnections(), LAST_ANSWERS).unref()
    await app.close()
  })
}
