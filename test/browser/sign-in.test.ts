import type { Page } from 'playwright-core'
import tap, { type Test, test } from 'tap'
import { authenticateCallers } from '../../src/http/access/authenticate-callers.js'
import { readSettings } from '../../src/http/settings.js'
import { KEYS, ledgerService } from '../support/ledger-service.js'
import { AUDIENCE, openIdProvider, PAGES_CLIENT } from '../support/openid-provider.js'
import { lacking, openBrowserAt, PAGES, type Reading, type Visit, visit } from './open-pages.js'
import { sound } from './sound.js'

// A browser on a busy machine takes its time.
tap.setTimeout(900_000)

const PEOPLE = {
  'wang-li': { scope: 'decisions:write decisions:read', office: 'nancheng' },
  'reads-only': { scope: 'decisions:read', office: 'nancheng' },
  elsewhere: { scope: 'decisions:write', office: 'nancheng', audience: 'urn:another' },
}

const WORDS = {
  zh: {
    way: '用统一账号登录',
    otherTab: '在新标签页登录',
    out: '退出登录',
    sample: '填入示例家庭',
    submit: '查看结果',
    case: '案卷编号',
    purpose: '用途',
    record: '记录决定',
    done: '已记录',
    nobody: '这次登录不是从本页开始的',
    denied: '登录被取消',
    notAccepted: '本服务不接受它的凭证',
    away: '统一登录平台暂时连不上',
    untrusted: '统一登录平台的答复核对不上',
    handedOver: '登录信息已交给原来的标签页',
    expired: '登录已过期',
  },
  en: {
    way: 'Sign in with your account',
    otherTab: 'Sign in, in a new tab',
    out: 'Sign out',
    sample: 'Fill in a sample household',
    submit: 'See the answer',
    case: 'Case reference',
    purpose: 'Purpose',
    record: 'Record the decision',
    done: 'Recorded',
    nobody: 'This sign-in was not started here',
    denied: 'Signing in was cancelled',
    notAccepted: 'this service does not accept its token',
    away: 'The sign-in service cannot be reached',
    untrusted: 'The answer of the sign-in service does not fit',
    handedOver: 'The tab you came from is being signed in',
    expired: 'Your sign-in has ended',
  },
}

/** A service whose people sign in with a provider, its pages, and a browser. */
async function signingIn(t: Test, environment: Record<string, string> = {}) {
  const provider = await openIdProvider(t, PEOPLE)
  const settings = readSettings({
    OIDC_ISSUER: provider.issuer,
    OIDC_AUDIENCE: AUDIENCE,
    OIDC_CLIENT_ID: PAGES_CLIENT,
    HUIMIN_KEY_CASEWORKER: KEYS.caseworker,
    HUIMIN_KEY_AUDITOR: KEYS.auditor,
    HUIMIN_KEY_PRIVACY: KEYS.privacy,
    LOG_LEVEL: 'silent',
    ...environment,
  })
  const time = { ahead: 0 }
  const clock = () => new Date(Date.now() + time.ahead)
  const authenticate = authenticateCallers(settings, clock)
  const { app } = await ledgerService(t, { authenticate, settings, pages: PAGES })
  const origin = await app.listen({ port: 0, host: '127.0.0.1' })
  provider.letPagesIn(origin)
  const opened = await openBrowserAt(t, Number(new URL(origin).port))
  const open = async (reading: Reading) => {
    const one = await visit(opened, { ...reading, also: provider.issuer })
    // The provider's own page asks for a type face.
    await one.page.context().route('https://fonts.googleapis.com/**', (route) => route.abort())
    return one
  }
  return { provider, time, open }
}

const RECORD = 'section:has(#record)'

/** At the provider: gives a name and any password, and agrees. */
async function giveName(page: Page, name: string) {
  await page.getByPlaceholder('Enter any login').fill(name)
  await page.getByPlaceholder('and password').fill('any')
  await page.getByRole('button', { name: 'Sign-in' }).click()
  await page.getByRole('button', { name: 'Continue' }).click()
}

async function signIn(one: Visit, language: 'zh' | 'en', name: string) {
  await one.open('/sign-in')
  await one.page.getByRole('link', { name: WORDS[language].way }).click()
  await giveName(one.page, name)
}

async function answerOf(page: Page, language: 'zh' | 'en') {
  const w = WORDS[language]
  await page.getByLabel(w.sample).selectOption('dongguan-grandparent-and-grandchild')
  await page.getByRole('button', { name: w.submit }).click()
  await page.waitForSelector('article.card')
}

/** What a browser keeps beside the way of reading. */
const kept = (page: Page) =>
  page.evaluate(`({
    local: Object.keys(localStorage).filter((key) => key !== 'huimin-reading'),
    session: Object.keys(sessionStorage), address: /code|state/.test(location.href), cookies: document.cookie,
  })`)
const NOTHING = { local: [], session: [], address: false, cookies: '' }

test('signing in with the provider of the office', {
  skip: lacking,
  timeout: 900_000,
}, async (t) => {
  const service = await signingIn(t)

  for (const { language, width } of [
    { language: 'zh', width: 1280 },
    { language: 'en', width: 375 },
  ] as const) {
    const w = WORDS[language]
    await t.test(`someone signs in, records, signs out, ${language} ${width} px`, async (t) => {
      const one = await service.open({ language, width })
      const { page } = one
      await one.open('/sign-in')
      await page.getByRole('link', { name: w.way }).waitFor()
      await sound(t, one, `sign-in-provider-${language}-${width}`)
      await signIn(one, language, 'wang-li')
      await page.getByRole('button', { name: w.out }).waitFor()
      t.strictSame(await kept(page), NOTHING, 'neither token nor attempt is kept, no code is left')
      t.match(await page.locator('header').innerText(), 'wang-li')
      await answerOf(page, language)
      await page.getByLabel(w.case).fill(`case-${language}`)
      await page.getByLabel(w.purpose).fill('test')
      await page.getByRole('button', { name: w.record }).click()
      await page.getByText(w.done, { exact: true }).waitFor()
      t.match(await page.locator('dl.named-values').innerText(), 'nancheng')
      await sound(t, one, `recorded-${language}-${width}`, RECORD)
      await page.getByRole('button', { name: w.out }).click()
      await page.getByRole('button', { name: 'Yes, sign me out' }).click()
      await page.waitForURL((url) => url.origin !== service.provider.issuer)
      await page.locator('h1').waitFor()
      t.equal(await page.getByRole('button', { name: w.out }).count(), 0)
      t.equal(await page.locator('#f-household-members-0-dateOfBirth').count(), 0)
      t.strictSame(await kept(page), NOTHING, 'nothing stays for the next person')
      await one.open('/sign-in')
      await page.getByRole('link', { name: w.way }).click()
      await page.getByPlaceholder('Enter any login').waitFor()
      t.strictSame(one.faults, [], 'the provider asks for a name again')
    })

    await t.test(`what was typed stays: another tab signs in, ${language}`, async (t) => {
      const one = await service.open({ language, width })
      const { page } = one
      await one.open('/')
      await answerOf(page, language)
      await page
        .locator('main')
        .getByRole('link', { name: /^(登录|Sign in)$/ })
        .click()
      const link = page.getByRole('link', { name: w.otherTab })
      await link.waitFor()
      await sound(t, one, `sign-in-other-tab-${language}-${width}`)
      const [tab] = await Promise.all([page.context().waitForEvent('page'), link.click()])
      // What comes for another attempt does not end the waiting for this one.
      await page.evaluate(
        "new BroadcastChannel('huimin-sign-in').postMessage({ returned: 'code=stolen&state=made-up' })",
      )
      await giveName(tab, 'wang-li')
      await tab.getByText(w.handedOver).waitFor()
      t.strictSame(await kept(tab), NOTHING)
      await page.getByLabel(w.case).waitFor()
      // Back at the answer.
      await page.locator('article.card').first().waitFor()
      t.strictSame(await kept(page), NOTHING)
      t.equal(await tab.getByRole('button', { name: w.out }).count(), 0, 'one token, one page')
      t.strictSame(one.faults, [])
    })

    await t.test(`who is not signed in is told why, ${language}`, async (t) => {
      const one = await service.open({ language, width })
      const { page } = one
      const trouble = async (text: string) => {
        await page.getByRole('alert').filter({ hasText: text }).waitFor()
        t.equal(await page.getByRole('button', { name: w.out }).count(), 0)
        t.strictSame(await kept(page), NOTHING, text)
        // And can try again.
        await page.getByRole('link', { name: w.way }).waitFor()
      }
      await one.open('/sign-in')
      const [address] = page.url().split('?') as [string]
      await page.goto(`${address}?code=stolen&state=made-up`)
      await trouble(w.nobody)
      await sound(t, one, `sign-in-wrong-state-${language}-${width}`)
      const way = page.getByRole('link', { name: w.way })
      const begin = async () => {
        const sent = new URL(String(await way.getAttribute('href'))).searchParams
        await way.click()
        await page.getByPlaceholder('Enter any login').waitFor()
        return sent.get('state')
      }
      await begin()
      await page.goto(`${address}?code=stolen&state=made-up`)
      await trouble(w.nobody)
      const state = await begin()
      await page.goto(`${address}?code=c&state=${state}&iss=https://another.example`)
      await trouble(w.untrusted)
      await begin()
      await page.getByRole('link', { name: 'Cancel' }).click()
      await trouble(w.denied)
      await sound(t, one, `sign-in-denied-${language}-${width}`)
      await begin()
      await giveName(page, 'elsewhere')
      await trouble(w.notAccepted)
      t.strictSame(one.faults, [])
      service.provider.answerWith((request) => request.socket.destroy())
      t.teardown(() => service.provider.answerWith(null))
      await one.open('/sign-in')
      await page.getByRole('alert').filter({ hasText: w.away }).waitFor()
      await sound(t, one, `sign-in-away-${language}-${width}`)
      service.provider.answerWith(null)
      await page.getByRole('button', { name: /重新登录|Sign in again/ }).click()
      await page.getByRole('link', { name: w.way }).waitFor()
    })

    await t.test(`a token that ends keeps what was typed, ${language}`, async (t) => {
      const one = await service.open({ language, width })
      const { page } = one
      t.teardown(() => {
        service.time.ahead = 0
      })
      await signIn(one, language, 'wang-li')
      await page.getByRole('button', { name: w.out }).waitFor()
      await answerOf(page, language)
      await page.getByLabel(w.case).fill('case-late')
      await page.getByLabel(w.purpose).fill('test')
      service.time.ahead = 3_700_000
      await page.getByRole('button', { name: w.record }).click()
      await page.getByText(w.expired).waitFor()
      await page.getByRole('link', { name: w.otherTab }).waitFor()
      await sound(t, one, `sign-in-expired-${language}-${width}`, RECORD)
      service.time.ahead = 0
      const [tab] = await Promise.all([
        page.context().waitForEvent('page'),
        page.getByRole('link', { name: w.otherTab }).click(),
      ])
      // Who is still signed in there is not asked again.
      await tab.getByText(w.handedOver).waitFor()
      await page.getByText(w.expired).waitFor({ state: 'detached' })
      t.equal(await page.getByLabel(w.case).inputValue(), 'case-late')
      await page.getByRole('button', { name: w.record }).click()
      await page.getByText(w.done, { exact: true }).waitFor()
      t.strictSame(one.faults, [])
    })
  }

  await t.test('the page says by itself that the token has ended', async (t) => {
    const one = await service.open({ language: 'en' })
    const { page } = one
    await page.clock.install()
    await signIn(one, 'en', 'wang-li')
    await page.getByRole('button', { name: 'Sign out' }).waitFor()
    await answerOf(page, 'en')
    await page.clock.fastForward('00:59:00')
    t.equal(await page.getByText(WORDS.en.expired).count(), 0)
    await page.clock.fastForward('00:02:00')
    await page.getByText(WORDS.en.expired).waitFor()
  })
})

test('a service closed to all lets people in by its pages', { skip: lacking }, async (t) => {
  const service = await signingIn(t, { REQUIRE_AUTH: 'all' })
  const one = await service.open({ language: 'zh', width: 375 })
  const { page } = one
  await one.open('/')
  await page.getByRole('alert').waitFor()
  await sound(t, one, 'closed-zh-375')
  await page.getByRole('alert').getByRole('link', { name: '登录' }).click()
  await page.getByRole('link', { name: WORDS.zh.way }).click()
  await giveName(page, 'reads-only')
  await answerOf(page, 'zh')
  service.time.ahead = 3_700_000
  await page.getByRole('link', { name: '修改家庭信息' }).click()
  await page.locator('#f-asOf').fill('2020-06-02')
  await page.getByRole('button', { name: WORDS.zh.submit }).click()
  await page.getByRole('alert').getByRole('link', { name: '重新登录' }).click()
  await page.getByRole('link', { name: WORDS.zh.otherTab }).waitFor()
  t.equal(await page.getByRole('button', { name: WORDS.zh.out }).count(), 0)
  await page.getByRole('link', { name: '家庭信息', exact: true }).click()
  t.equal(await page.locator('#f-asOf').inputValue(), '2020-06-02', 'what was typed is still there')
  t.strictSame(one.faults, [])
})
