import type { Page } from 'playwright-core'
import tap, { type Test, test } from 'tap'
import { authenticateLocally } from '../../src/http/access/local-keys.js'
import { type OpenLedger, openLedger } from '../../src/ledger/open-ledger.js'
import { decisionRequest, KEYS, type Role } from '../support/ledger-service.js'
import { lacking, type Opened, openBrowser, type Reading, type Visit, visit } from './open-pages.js'
import { type Focus, type focused, sound } from './sound.js'

// A browser on a busy machine takes its time.
tap.setTimeout(900_000)

const WORDS = {
  zh: {
    key: '密钥',
    signIn: '登录',
    signInFirst: '需要先登录',
    never: '从未送出',
    passed: '全部核对通过',
    gone: '案情已删除，无法再核对',
    again: '重新计算',
    identical: '逐字节相同',
    differs: /有 \d+ 处不同/,
    recalculate: '开始重算',
    details: '理由、算法和条款',
    facts: /含个人敏感信息/,
    readings: '显示查阅记录',
    money: '20 元/月',
    asOf: '查询日期（不填则不变）',
    rules: '按哪些规则',
    rulesOfList: '按哪些规则重算',
    clauseOf: '東府〔2020〕1號',
  },
  en: {
    key: 'Key',
    signIn: 'Sign in',
    signInFirst: 'Sign in first',
    never: 'Never taken outside',
    passed: 'Every check passed',
    gone: 'the facts were erased',
    again: 'Determine again',
    identical: 'Identical byte for byte',
    differs: /\d+ differences/,
    recalculate: 'Recalculate',
    details: 'Reasons, sums and clauses',
    facts: /Sensitive personal information/,
    readings: 'Show who looked at it',
    money: '20 CNY a month',
    asOf: 'For the day (empty: as recorded)',
    rules: 'Under which rules',
    rulesOfList: 'Under which rules',
    clauseOf: '東府〔2020〕1號',
  },
}

/** A service with a ledger of its own, and a browser. */
interface Ledgered extends Opened {
  readonly ledger: OpenLedger
  readonly ask: (role: Role, method: string, path: string, body?: object) => Promise<Response>
  /** Records a decision; its id. */
  readonly record: (changes?: object) => Promise<string>
}

async function openLedgered(t: Test): Promise<Ledgered> {
  const clock = () => new Date()
  const ledger = await openLedger({ DATA_DIR: t.testdir() }, clock)
  t.teardown(() => ledger.close())
  const authenticate = authenticateLocally(KEYS)
  const opened = await openBrowser(t, { ledger, authenticate, clock })
  let keys = 0
  const ask: Ledgered['ask'] = (role, method, path, body) => {
    keys += 1
    return fetch(opened.origin + path, {
      method,
      headers: {
        authorization: `Bearer ${KEYS[role]}`,
        'accept-language': 'zh',
        'idempotency-key': `key-${keys}`,
        ...(body !== undefined && { 'content-type': 'application/json' }),
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    })
  }
  const record = async (changes: object = {}) => {
    const answer = await ask('caseworker', 'POST', '/v1/decisions', {
      ...decisionRequest,
      ...changes,
    })
    return ((await answer.json()) as { id: string }).id
  }
  return { ...opened, ledger, ask, record }
}

/** A visit that can step from screen to screen without loading the page anew. */
interface Signed extends Visit {
  readonly go: (address: string) => Promise<void>
}

async function signedIn(opened: Opened, role: Role, reading: Reading = {}): Promise<Signed> {
  const one = await visit(opened, reading)
  const { page } = one
  const w = WORDS[reading.language ?? 'zh']
  await one.open('/sign-in')
  await page.getByRole('textbox', { name: w.key }).fill(KEYS[role])
  await page.locator('form').getByRole('button', { name: w.signIn }).click()
  await page.waitForURL(/#\/$/)
  const go = async (address: string) => {
    await page.evaluate(`location.hash = ${JSON.stringify(address)}`)
    await page.waitForLoadState('networkidle')
  }
  return { ...one, go }
}

/** How each step of a check came out, by its name. */
async function standings(page: Page): Promise<Record<string, string>> {
  await page.locator('[data-verdict]').first().waitFor()
  const steps = await page.locator('[data-step]').all()
  const pairs = steps.map(async (one) => [
    await one.getAttribute('data-step'),
    await one.getAttribute('data-standing'),
  ])
  return Object.fromEntries(await Promise.all(pairs))
}

const ALL_PASSED = {
  shown: 'passed',
  entry: 'passed',
  facts: 'passed',
  receipt: 'passed',
  inclusion: 'passed',
  checkpoint: 'passed',
}

const READINGS = [
  { language: 'zh', width: 1280 },
  { language: 'en', width: 375 },
  { language: 'zh', width: 375, largeType: true, highContrast: true },
  { language: 'en', width: 1280, largeType: true, highContrast: true },
] as const

test('the auditor’s pages in a browser', { skip: lacking, timeout: 900_000 }, async (t) => {
  const opened = await openLedgered(t)
  const { ask, ledger, record } = opened
  const id = await record()
  const erased = await record({ caseReference: 'case-erased' })
  await ask('privacy', 'DELETE', `/v1/decisions/${erased}/facts`)
  const city = { jurisdiction: '440400', programmes: ['zhuhai/minimum-living'] }
  await record({ ...city, caseReference: 'case-zhuhai' })
  for (let n = 0; n < 5; n += 1) await record({ caseReference: `case-more-${n}` })
  await ask('caseworker', 'POST', `/v1/decisions/${id}/reviews`, {
    programme: 'dongguan/minimum-living',
    subject: { kind: 'household' },
    outcome: 'ineligible',
    reason: 'a flat was found',
  })

  for (const reading of READINGS) {
    const { language, width } = reading
    const w = WORDS[language]
    const mode = `${language}-${width}${'largeType' in reading ? '-large' : ''}`
    await t.test(`a decision is looked up, checked and determined again: ${mode}`, async (t) => {
      const out = await visit(opened, reading)
      for (const [name, address] of [
        ['decisions', '/decisions'],
        ['decision', `/decisions/${id}`],
        ['worklist', '/recalculations'],
      ] as const) {
        await out.open(address)
        t.ok(await out.page.getByText(w.signInFirst).isVisible(), `${name}: leads to sign in`)
        await sound(t, out, `${name}-out-${mode}`)
      }

      const one = await signedIn(opened, 'auditor', reading)
      const { page } = one
      await one.go('/decisions')
      await page.getByRole('link', { name: 'case-1', exact: true }).waitFor()
      t.ok(await page.getByText(w.never, { exact: true }).isVisible(), 'never taken outside')
      await sound(t, one, `decisions-${mode}`)
      await page.getByRole('link', { name: 'case-1', exact: true }).click()
      t.strictSame(await standings(page), ALL_PASSED)
      t.ok(await page.getByText(w.passed).isVisible())
      const main = page.locator('main')
      t.match(await main.innerText(), w.money)
      t.match(await main.innerText(), 'a flat was found', 'the review with its reason')
      await page.getByText(w.details).first().click()
      await page.getByText(w.facts).click()
      await page.getByText(w.readings).click()
      await page.waitForLoadState('networkidle')
      t.match(await main.innerText(), w.clauseOf)
      t.match(await main.innerText(), /2,100/, 'the facts as stated')
      t.match(await main.innerText(), 'local-auditor', 'this very look is noted')
      await page.getByRole('button', { name: w.again }).click()
      await page.getByText(w.identical).waitFor()
      await page.getByLabel(w.rules).selectOption('clocks')
      await page.getByLabel(w.asOf).fill('2020-03-05')
      await page.getByRole('button', { name: w.again }).click()
      await page.getByText(w.differs).waitFor()
      t.match(await page.locator('table').innerText(), /1,060/)
      await sound(t, one, `decision-${mode}`)

      await one.go(`/decisions/${erased}`)
      t.strictSame(await standings(page), { ...ALL_PASSED, facts: 'gone' })
      t.ok(await page.getByText(w.gone).first().isVisible())
      await sound(t, one, `erased-${mode}`)

      await one.go('/recalculations')
      await page.getByLabel(w.rulesOfList).selectOption('clocks')
      await page.getByLabel(w.asOf).fill('2020-03-05')
      await page.getByRole('button', { name: w.recalculate }).click()
      await page.locator('#summary').waitFor()
      t.ok((await page.locator('article.card').count()) >= 6)
      await sound(t, one, `worklist-${mode}`)
      await page.evaluate('document.documentElement.style.fontSize = "200%"')
      await sound(t, one, `worklist-twice-${mode}`)
      await one.go(`/decisions/${id}`)
      await page.locator('[data-verdict]').first().waitFor()
      await sound(t, one, `decision-twice-${mode}`)
    })
  }
  void ledger
})

interface Changed {
  readonly what: string
  readonly route: string
  readonly change: (text: string) => string
  readonly failed: readonly string[]
}
void (null as unknown as Changed | Focus | typeof focused)
