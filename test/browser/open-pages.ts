import { existsSync, mkdirSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { fileURLToPath } from 'node:url'
import { type Browser, chromium, type Page } from 'playwright-core'
import type { AppParts } from '../../src/http/parts.js'
import { listen } from '../support/listen.js'

const ROOT = fileURLToPath(new URL('../..', import.meta.url))
/** Ignored by git: look at them after a change of the pages. */
const PICTURES = `${ROOT}/.screenshots`
export const PAGES = `${ROOT}/dist/web`
const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

const CHROMIUM = ['/usr/bin/chromium', '/usr/bin/chromium-browser'].find((path) => existsSync(path))
const FONT = '/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc'

/** Why the browser tests cannot run here; false when they can. */
export const lacking: string | false =
  CHROMIUM !== undefined && existsSync(FONT)
    ? false
    : 'no Chromium with Chinese type: apt-get install chromium fonts-noto-cjk'

/** Everything a browser does on its own is switched off: it may speak to this service only. */
const FLAGS = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]

type Teardown = { teardown(end: () => unknown): unknown }

/** A browser and a service with the built pages, both closed when the test ends. */
export interface Opened {
  readonly browser: Browser
  readonly origin: string
}

export async function openBrowser(t: Teardown, parts: Partial<AppParts> = {}) {
  return openBrowserAt(t, await listen(t, { pages: PAGES, clock: () => new Date(), ...parts }))
}

/** A browser for a service that listens already. */
export async function openBrowserAt(t: Teardown, port: number): Promise<Opened> {
  const browser = await chromium.launch({ executablePath: String(CHROMIUM), args: FLAGS })
  t.teardown(() => browser.close())
  return { browser, origin: `http://127.0.0.1:${port}` }
}

/** A picture shows the top of a long page: enough to judge it. */
const MOST_HEIGHT = 2400

/** How a visitor reads. */
export interface Reading {
  readonly language?: 'zh' | 'en'
  readonly largeType?: boolean
  readonly highContrast?: boolean
  readonly width?: number
  /** Another origin that the pages send people to, such as where they sign in. */
  readonly also?: string
}

/** Ways of reading in which every screen is opened: both languages, sizes, types and contrasts. */
export const MODES: readonly (Reading & {
  readonly name: string
  readonly language: 'zh' | 'en'
})[] = [
  { name: 'zh', language: 'zh', width: 1280 },
  { name: 'en-phone', language: 'en', width: 375 },
  {
    name: 'zh-large-contrast-phone',
    language: 'zh',
    width: 375,
    largeType: true,
    highContrast: true,
  },
  { name: 'en-large-contrast', language: 'en', width: 1280, largeType: true, highContrast: true },
]

/** One visit: a page, and all that went wrong on it. */
export interface Visit {
  readonly page: Page
  /** Refused by the content security policy, script errors, requests to another host. */
  readonly faults: string[]
  readonly open: (address: string) => Promise<void>
  /** What axe-core finds wrong with the page as it stands. */
  readonly barriers: () => Promise<readonly string[]>
  /** Of the page, or of one part of it. */
  readonly picture: (name: string, part?: string) => Promise<void>
}

/** Opens a page as a visitor who reads like this. */
export async function visit({ browser, origin }: Opened, reading: Reading = {}): Promise<Visit> {
  const { width = 1280, also, ...preferences } = reading
  const context = await browser.newContext({ viewport: { width, height: 900 }, locale: 'zh-CN' })
  const faults: string[] = []
  let opened = 0
  await context.addInitScript(
    `if (location.origin === '${origin}' && !localStorage.getItem('huimin-reading')) localStorage.setItem('huimin-reading', ${JSON.stringify(JSON.stringify(preferences))})
     document.addEventListener('securitypolicyviolation', (event) => console.error('CSP ' + event.violatedDirective + ' ' + event.blockedURI + ' ' + event.sourceFile + ':' + event.lineNumber))`,
  )
  const watch = (page: Page) => {
    const isOurs = () => also === undefined || page.url().startsWith(origin)
    page.on('console', (message) => {
      const text = message.text()
      // The browser itself reports answers of 4xx; what matters is what the page makes of them.
      if (message.type() === 'error' && !text.startsWith('Failed to load resource') && isOurs())
        faults.push(text)
    })
    page.on('pageerror', (error) => faults.push(error.message))
    page.on('request', (request) => {
      const url = new URL(request.url())
      const known = url.protocol === 'data:' || [origin, also].includes(url.origin)
      if (!known && isOurs()) faults.push(`asked ${url.origin}`)
    })
  }
  context.on('page', watch)
  const page = await context.newPage()
  return {
    page,
    faults,
    open: async (address) => {
      // A new query each time: a new page, not a step inside the old one.
      opened += 1
      await page.goto(`${origin}/?${opened}#${address}`)
      await page.waitForSelector('h1')
      await page.waitForLoadState('networkidle')
    },
    barriers: async () => {
      await page.evaluate(AXE)
      const found = (await page.evaluate(
        'axe.run(document, { resultTypes: ["violations"] }).then(({ violations }) => violations.map(({ id, nodes }) => id + " " + nodes.slice(0, 3).map(({ html, failureSummary }) => html.slice(0, 160) + " " + failureSummary).join(" | ")))',
      )) as string[]
      return found
    },
    picture: async (name, part) => {
      // Nobody is there to look at them.
      if (process.env.CI === 'true') return
      mkdirSync(PICTURES, { recursive: true })
      if (part !== undefined) {
        await page.locator(part).screenshot({ path: `${PICTURES}/${name}.png` })
        return
      }
      const all = Number(await page.evaluate('document.documentElement.scrollHeight'))
      // Wider than the window is a fault of the page, and shown.
      const wide = Number(await page.evaluate('document.documentElement.scrollWidth'))
      const clip = { x: 0, y: 0, width: Math.max(width, wide), height: Math.min(all, MOST_HEIGHT) }
      await page.screenshot({ path: `${PICTURES}/${name}.png`, fullPage: true, clip })
    },
  }
}
