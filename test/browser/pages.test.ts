import { readFileSync, statSync } from 'node:fs'
import type { Page } from 'playwright-core'
import tap, { test } from 'tap'
import type { Clause } from '../../src/model/clause.js'
import { Problem, problemBody } from '../../src/model/errors.js'
import { rulebook } from '../support/listen.js'
import { withoutRandom } from '../support/without-random.js'
import { lacking, MODES, openBrowser, PAGES, visit } from './open-pages.js'
import { type Focus, focused, sound } from './sound.js'

// A browser on a busy machine takes its time.
tap.setTimeout(900_000)

/** The words that the tests look for, by language. */
const WORDS = {
  zh: {
    sample: '填入示例家庭',
    submit: '查看结果',
    eligible: '符合条件',
    named: '这一条是计划性表述：列出了这一群体，但条文本身不保证给予。',
    details: '依据、理由和计算过程',
    notice: '打印告知书',
    review: '如何申请复核',
    money: '20 元/月',
    over: '超出 60 元/人/月',
    older: '高于界线 10 岁',
    younger: '差 31 岁',
  },
  en: {
    sample: 'Fill in a sample household',
    submit: 'See the answer',
    eligible: 'Entitled',
    named: 'This measure names your group.',
    details: 'Clauses, reasons and sums',
    notice: 'Print a notice',
    review: 'How to ask for review',
    money: '20 CNY a month',
    over: '60 CNY a person a month over',
    older: '10 years above the line',
    younger: '31 years short',
  },
}

const DIBAO = 'dg2020-07-dibao'
const before = '提高保障標準，'
/** As when the source documents are at hand: one clause inside a paragraph. */
const paragraph = `${before}${rulebook.clauses.get(DIBAO)?.quote}，並按規定落實。`
const withParagraph = { ...rulebook, paragraphs: new Map([[DIBAO, paragraph]]) }

const ORPHAN = String(rulebook.programmes.get('dongguan/orphan-basic-living')?.programme.name.en)

const HARDSHIP = rulebook.programmes.get('dongguan/extreme-hardship-support')?.programme

/** What conditions and the grant of the minimum living guarantee cite, beyond the clause that confers. */
const CITED = ['sa2014-9', 'sa2014-11', 'sa2014-12'].map((id) => rulebook.clauses.get(id) as Clause)
const READING = 'hukou-from-place-of-application'
const READ_AS = String(rulebook.interpretations.get(READING)?.zh)

/** Facts of which no citizen can be sure. */
const ofOfficials = rulebook.facts.filter(
  ({ source, question }) => source !== 'citizen' && question,
)

/** Holds back what the service answers about households until it is called. */
async function holdAnswers(page: Page): Promise<() => void> {
  let answer = () => {}
  const held = new Promise<void>((resolve) => {
    answer = resolve
  })
  await page.route('**/v1/determinations', async (route) => {
    await held
    await route.continue()
  })
  return () => answer()
}

async function fillSample(page: Page, language: 'zh' | 'en', sample: string) {
  await page.getByLabel(WORDS[language].sample).selectOption(sample)
}

async function unfoldGroups(page: Page) {
  await page.locator('details.group').first().waitFor()
  await page.evaluate(
    'document.querySelectorAll("details.group").forEach((group) => { group.open = true })',
  )
}

async function answerOf(page: Page, language: 'zh' | 'en') {
  await page.getByRole('button', { name: WORDS[language].submit }).click()
  await page.waitForSelector('article.card')
}

const card = (page: Page, title: string) =>
  page.locator('article.card').filter({ has: page.locator('h3', { hasText: title }) })

const ROLES = [
  { language: 'zh', width: 1280, dibao: '最低生活保障' },
  { language: 'en', width: 375, dibao: 'Minimum living guarantee' },
] as const

test('the pages in a browser', { skip: lacking, timeout: 900_000 }, async (t) => {
  const opened = await openBrowser(t, { rulebook: withParagraph })

  for (const { language, width, dibao } of ROLES) {
    const w = WORDS[language]
    await t.test(
      `a caseworker gets from a household to a notice, ${language} ${width} px`,
      async (t) => {
        const one = await visit(opened, { language, width })
        const { page } = one
        await one.open('/')
        await fillSample(page, language, 'dongguan-grandparent-and-grandchild')
        await sound(t, one, `household-${language}-${width}`)
        await answerOf(page, language)
        // The first section is painted before the others.
        await page.waitForSelector('article.card.unknown')
        const outcomes = await page.$$eval('article.card', (cards) =>
          cards.map(({ className }) => className.replace('card ', '')),
        )
        const order = ['eligible', 'unknown', 'ineligible']
        t.strictSame(
          outcomes,
          [...outcomes].sort((a, b) => order.indexOf(a) - order.indexOf(b)),
          'entitled first, then open, then not',
        )
        t.ok(outcomes.includes('eligible') && outcomes.includes('unknown'))
        const first = page.locator('article.card').first()
        t.match(
          await first.innerText(),
          dibao,
          'what entitles stands before what only names a group',
        )
        t.match(await first.innerText(), w.eligible)
        t.match(await first.innerText(), w.money)
        // Lesser force is worded so.
        await page.getByText(w.named).first().waitFor()
        await first.getByText(w.details).click()
        const quote = first.locator('blockquote').first()
        t.equal(await quote.innerText(), paragraph, 'the clause stands inside its paragraph')
        t.equal(await quote.locator('mark').innerText(), rulebook.clauses.get(DIBAO)?.quote)
        t.ok(
          (await first.locator('.mark.met').count()) >= 3,
          'each condition has its icon and word',
        )
        t.match(await first.locator('ol').innerText(), /1,?060/, 'how the amount was computed')
        await sound(t, one, `answer-${language}-${width}`)
        await first.getByText(w.notice).click()
        await page.waitForSelector('.notice')
        const notice = await page.locator('.notice').innerText()
        for (const part of [
          dibao,
          w.eligible,
          w.money,
          w.review,
          '低保標準從每人每月980元提高到1060元',
          'dongguan/minimum-living@2020-03-06',
          'sha256:',
        ])
          t.match(notice, part, `the notice says ${part}`)
        await page.emulateMedia({ media: 'print' })
        t.notOk(await page.locator('header').isVisible(), 'only the notice is printed')
        await page.emulateMedia({ media: 'screen' })
        await sound(t, one, `notice-${language}-${width}`)
      },
    )

    await t.test(`the distance to the line is said, ${language}`, async (t) => {
      const one = await visit(opened, { language, width })
      await one.open('/')
      await fillSample(one.page, language, 'dongguan-grandparent-and-grandchild')
      const income = one.page.locator('#f-household-monthlyIncomeTotal')
      await unfoldGroups(one.page)
      await income.fill('2240')
      await answerOf(one.page, language)
      const hardship = String(HARDSHIP?.name[language])
      const dibaoCard = card(one.page, dibao)
      t.match(await dibaoCard.innerText(), w.over)
      t.equal(await dibaoCard.getAttribute('class'), 'card ineligible')
      await one.page.goBack()
      await unfoldGroups(one.page)
      await income.fill('2119.99')
      await answerOf(one.page, language)
      await dibaoCard.getByText(w.details).first().click()
      // What the details hold is made when they are opened.
      await dibaoCard.locator('details[open] h4').first().waitFor()
      // Rounded to fen it would read as the line itself.
      t.match(await dibaoCard.innerText(), /· 1,059\.995 .+0\.005 /)
      for (const [sample, said] of [
        ['dongguan-elder-in-extreme-hardship', w.older],
        ['dongguan-migrant-worker-starting-business', w.younger],
      ] as const) {
        await one.open('/')
        await fillSample(one.page, language, sample)
        await answerOf(one.page, language)
        const shown = card(one.page, hardship)
        await shown.getByText(w.details).first().click()
        await shown.locator('details[open] h4').first().waitFor()
        t.match(await shown.innerText(), said, 'sixty years are wanted')
        t.notMatch(
          await shown.innerText(),
          /[(（][a-z0-9]+-[a-z0-9-]+[)）]/,
          'clauses by their place',
        )
      }
    })
  }

  await t.test('an error leads to its field, and the answer to the fact it lacks', async (t) => {
    const one = await visit(opened, { language: 'en' })
    const { page } = one
    await one.open('/')
    await page.getByRole('button', { name: 'See the answer' }).click()
    t.match(await page.locator('.summary-errors').innerText(), /Choose a city/)
    await page.locator('.summary-errors button').click()
    t.equal(await page.evaluate('document.activeElement.id'), 'f-jurisdiction')
    await fillSample(page, 'en', 'dongguan-half-known-family')
    await page.locator('#f-household-members-1-dateOfBirth').fill('2021-01-01')
    await page.locator('#f-household-members-0-dateOfBirth').fill('')
    await page.getByRole('button', { name: 'See the answer' }).click()
    await page.waitForSelector('.summary-errors')
    t.match(await page.locator('.summary-errors').innerText(), /One thing needs mending\s+Member 2/)
    t.equal(await page.evaluate('document.activeElement.className'), 'summary-errors')
    await sound(t, one, 'errors-en-1280')
    await page.locator('.summary-errors button').click()
    const field = 'f-household-members-1-dateOfBirth'
    t.equal(await page.evaluate('document.activeElement.id'), field)
    t.equal(await page.locator(`#${field}`).getAttribute('aria-invalid'), 'true')
    await page.locator(`#${field}`).fill('2015-01-01')
    await answerOf(page, 'en')
    await card(page, 'Minimum living guarantee').getByRole('button').first().click()
    await page.locator('#f-household-hukouCode:focus').waitFor()
    t.strictSame(one.faults, [])
  })

  await t.test('the answer says from which day age alone changes it', async (t) => {
    const one = await visit(opened, { language: 'en' })
    const { page } = one
    await one.open('/')
    await fillSample(page, 'en', 'dongguan-elder-in-extreme-hardship')
    const born = page.locator('#f-household-members-0-dateOfBirth')
    await born.fill('1962-05-01')
    await answerOf(page, 'en')
    const hardship = card(page, 'Support in extreme hardship')
    await hardship.getByText('Clauses, reasons and sums').first().click()
    await hardship.getByText('from 2022-05-01: Entitled').waitFor()
    t.match(await hardship.innerText(), /by age or because a period is complete/)
    await page.evaluate('dispatchEvent(new Event("beforeprint"))')
    const folded = page.locator('article.card.ineligible details').first()
    t.equal(await folded.getAttribute('open'), null, 'grounds are printed as they stand')
    await page.evaluate('dispatchEvent(new Event("afterprint"))')
    await sound(t, one, 'changes-en-1280')
    await one.open('/')
    await fillSample(page, 'en', 'dongguan-orphan-with-relatives')
    await answerOf(page, 'en')
    const orphan = card(page, ORPHAN)
    await orphan.getByText('Clauses, reasons and sums').first().click()
    await orphan.getByText(/from 20\d\d-\d\d-\d\d: Not entitled/).waitFor()
  })

  await t.test(
    'nothing about a household is kept, sent elsewhere or put into the address',
    async (t) => {
      const one = await visit(opened, { language: 'zh' })
      const { page } = one
      const addresses: string[] = []
      page.on('request', (request) => addresses.push(request.url()))
      await one.open('/')
      await fillSample(page, 'zh', 'dongguan-grandparent-and-grandchild')
      await answerOf(page, 'zh')
      t.notMatch(withoutRandom([...addresses, page.url()].join()), /1950|2100/)
      t.strictSame(await page.evaluate('Object.keys(localStorage)'), ['huimin-reading'])
      t.equal(await page.evaluate('sessionStorage.length'), 0)
      t.strictSame(await page.context().cookies(), [])
      t.equal(await page.evaluate('indexedDB.databases().then((all) => all.length)'), 0)
      await page.reload()
      await page.waitForSelector('h1')
      // It is gone with the page.
      await page.getByText('还没有结果').waitFor()
    },
  )

  for (const { language, width } of [
    { language: 'zh', width: 375 },
    { language: 'en', width: 1280 },
  ] as const)
    await t.test(
      `a citizen is asked one question at a time, ${language} ${width} px`,
      async (t) => {
        const zh = language === 'zh'
        const one = await visit(opened, { language, width })
        const { page } = one
        await one.open('/interview')
        const [where] = await page.getByLabel(zh ? '您想查询哪个城市的待遇？' : 'Which city').all()
        await where?.selectOption('441900')
        await page.getByRole('button', { name: zh ? '开始' : 'Start' }).click()
        const heading = (n: number) =>
          page.getByRole('heading', { name: zh ? `第 ${n} 题` : `Question ${n}` })
        const next = page.getByRole('button', { name: zh ? '下一题' : 'Next', exact: true })
        await heading(1).waitFor()
        t.match(await page.locator('form').innerText(), zh ? '为什么问' : 'Why we ask')
        await next.click()
        t.match(await page.locator('form').innerText(), zh ? '请选一个答案' : 'Choose an answer')
        await sound(t, one, `interview-${language}-${width}`)
        const asked = new Set<string>()
        for (let n = 1; n <= 6; n += 1) {
          await heading(n).waitFor()
          const text = await page.locator('form').innerText()
          t.notOk(asked.has(text), 'no question comes twice')
          const told = ofOfficials.find(({ question }) =>
            text.includes(String(question?.[language])),
          )
          t.equal(told?.id, undefined, 'what an official must say is not asked')
          asked.add(text)
          await give(page)
          await next.click()
        }
        await heading(7).waitFor()
        await page.getByRole('button', { name: zh ? '上一题' : 'Previous question' }).click()
        await heading(6).waitFor()
        await page.getByRole('button', { name: zh ? '不清楚，跳过' : 'Not sure, skip' }).click()
        await heading(7).waitFor()
        await page.getByRole('button', { name: zh ? '到此为止' : 'Stop here' }).click()
        const summary = page.locator('section.card')
        await summary.waitFor()
        t.match(await summary.innerText(), zh ? '您的回答' : 'Your answers')
        await sound(t, one, `summary-${language}-${width}`)
        await page.getByRole('button', { name: zh ? '继续回答' : 'Go on answering' }).click()
        await heading(7).waitFor()
        await page.getByRole('button', { name: zh ? '到此为止' : 'Stop here' }).click()
        await page.getByRole('button', { name: zh ? '看完整结果' : 'See the full answer' }).click()
        await page.waitForSelector('article.card')
        t.strictSame(one.faults, [])
      },
    )

  await t.test('what a citizen answers is kept until the service takes it', async (t) => {
    const one = await visit(opened, { language: 'zh' })
    const { page } = one
    const press = (name: string) => page.getByRole('button', { name, exact: true })
    const question = (n: number) => page.getByRole('heading', { name: `第 ${n} 题`, exact: true })
    const wrong = page.locator('form [aria-invalid=true]')
    await one.open('/interview')
    await page.locator('#f-jurisdiction').selectOption('441900')
    await page.locator('#f-asOf').fill('1700-01-01')
    await press('开始').click()
    await wrong.waitFor()
    t.equal((await focused(page)).id, 'f-asOf', 'a day that cannot be leads to its field')
    t.match(await page.locator('form').innerText(), '1850-01-01')
    await page.locator('#f-asOf').fill('2020-06-01')
    await press('开始').click()

    await question(1).waitFor()
    const first = await page.locator('form').innerText()
    t.match(first, '关于您')
    t.notMatch(first, '该成员')
    await press('不清楚，跳过').dblclick()
    await question(2).waitFor()
    t.match(await question(2).innerText(), '第 2 题', 'a double click skips one question')

    const born = page.locator('form input[type=date]')
    for (let n = 2; (await born.count()) === 0; n += 1) {
      await press('不清楚，跳过').click()
      await question(n + 1).waitFor()
    }
    const n = Number(/\d+/.exec(await page.locator('form h2').innerText())?.[0])
    await born.fill('2030-01-01')
    await press('下一题').click()
    await wrong.waitFor()
    t.equal(await wrong.inputValue(), '2030-01-01', 'what was typed stands at its message')
    t.match(await page.locator('form').innerText(), '晚于查询日期')
    t.notMatch(await page.locator('form').innerText(), /household|没有取到数据/)
    await sound(t, one, 'interview-wrong-zh-1280')
    await born.fill('1950-05-01')
    const busy = {
      status: 429,
      contentType: 'application/problem+json',
      body: JSON.stringify(problemBody(new Problem('rate-limited'), 'zh')),
    }
    await page.route('**/v1/determinations', (route) => route.fulfill(busy))
    await press('下一题').click()
    await press('重试').waitFor()
    t.equal(await born.inputValue(), '1950-05-01')
    await page.unroute('**/v1/determinations')
    await press('重试').click()
    await question(n + 1).waitFor()
    await press('上一题').click()
    await question(n).waitFor()
    t.equal(await born.inputValue(), '1950-05-01', 'an answer taken back stands there again')
    await press('下一题').click()

    const place = page.locator('form input[list]')
    const sum = page.locator('form input[inputmode=decimal]')
    for (let next = n + 1; (await sum.count()) === 0; next += 1) {
      await question(next).waitFor()
      if ((await place.count()) === 0) await press('不清楚，跳过').click()
      else {
        await place.fill('441900')
        await press('下一题').click()
      }
      await question(next + 1).waitFor()
    }
    await sum.fill('3,180')
    await press('下一题').click()
    await wrong.waitFor()
    t.match(await page.locator('form').innerText(), '请用半角数字，不加逗号和单位')
    await sum.fill('３１８０')
    await press('下一题').click()
    await wrong.waitFor({ state: 'detached' })
    await press('到此为止，看结果').click()
    const summary = page.locator('section.card')
    await summary.waitFor()
    for (const part of ['东莞市', '2020-06-01', '1950-05-01'])
      t.match(await summary.innerText(), part)
    t.notMatch(await summary.innerText(), '441900', 'places by their names')
    t.ok(await summary.locator('details:not([open])').count())
    await page.evaluate('dispatchEvent(new Event("beforeprint"))')
    t.equal(await summary.locator('details:not([open])').count(), 0, 'all of it is printed')
    await sound(t, one, 'summary-printed-zh-1280')
    await page.evaluate('dispatchEvent(new Event("afterprint"))')
    t.ok(await summary.locator('details:not([open])').count())
  })

  await t.test('an author reads a rule, its versions, its figures and its cases', async (t) => {
    const one = await visit(opened, { language: 'zh' })
    const { page } = one
    await one.open('/rules')
    await page.getByLabel('按名称、说明或编号搜索').fill('dongguan/minimum-living')
    t.equal(await page.locator('article.card').count(), 1)
    await page.getByLabel('按名称、说明或编号搜索').fill('没有这样的项目')
    // An empty list says what to do.
    await page.getByText('换一个词').waitFor()
    const search = page.getByLabel('按名称、说明或编号搜索')
    await search.fill('最低生活')
    await page.locator('article.card a').first().click()
    await page.getByText('家庭人均月收入低于1060元/人/月').first().waitFor()
    await page.goBack()
    t.equal(await search.inputValue(), '最低生活', 'what was looked for is there on the way back')
    await page.locator('article.card a').first().click()
    await page.getByText('家庭人均月收入低于1060元/人/月').first().waitFor()
    await page.waitForLoadState('networkidle')
    const shown = page.locator('section.card').first()
    await shown.getByText(READ_AS).waitFor()
    const inWords = await shown.innerText()
    t.match(inWords, '须同时满足')
    for (const { title } of CITED) t.match(inWords, title.zh, 'what conditions and the grant cite')
    t.match(
      await page.locator('del').allInnerTexts(),
      ['980 元/人/月'],
      'the former figure is marked',
    )
    t.match(await page.locator('ins').allInnerTexts(), ['1,060 元/人/月'])
    t.equal(await page.locator('svg.chart').count(), 2, 'a time line and a chart')
    t.match(
      await page.locator('main').innerText(),
      /two people with 2,100 yuan receive 10 yuan each/,
    )
    await page.getByText('条件树', { exact: true }).click()
    t.match(await shown.innerText(), 'household.monthlyIncomePerCapita lessThan')
    t.match(await shown.locator('.tree').innerText(), READ_AS, 'a reading by its text')
    t.notMatch(await shown.innerText(), READING)
    await sound(t, one, 'programme-tree-zh-1280')
    await page.getByText('JSON', { exact: true }).click()
    t.match(JSON.parse(await page.locator('pre').innerText()), { version: '2020-03-06' })
    await page.locator('select').first().selectOption('undated')
    await page.waitForURL(/undated$/)
    await page.getByText('家庭人均月收入低于980元/人/月').first().waitFor()
    await one.open('/rules/dongguan/extreme-hardship-support')
    await page.getByText('60 周岁').first().waitFor()
    t.notMatch(await page.locator('main').innerText(), /60 年|16 年/, 'an age is no duration')
    await page.getByRole('link', { name: '文件', exact: true }).click()
    await page.getByRole('link', { name: /高水平小康社会/ }).click()
    await page.locator('.map a').first().waitFor()
    t.equal(await page.locator('.map a').count(), await page.locator('article.card').count())
    const hidden = page.locator('.map a').last()
    await page
      .getByRole('searchbox')
      .fill(await page.locator('article.card code').first().innerText())
    t.equal(await page.locator('article.card').count(), 1)
    await hidden.click()
    const clause = (await hidden.getAttribute('href'))?.split('/').at(-1)
    // A square leads to its clause, whatever was looked for.
    await page.locator(`[id="c-${clause}"]:focus`).waitFor()
    t.equal(
      await page.evaluate('getComputedStyle(document.querySelector(".map a")).color'),
      'rgb(255, 255, 255)',
      'a letter that can be read, which axe-core does not check for one letter',
    )
    await page.getByLabel('只看').selectOption('excluded')
    for (const text of await page.locator('article.card').allInnerTexts()) t.match(text, '理由')
    await page.getByLabel('只看').selectOption('')
    await page.locator(`.map a[href$="${DIBAO}"]`).click()
    await page.locator(`#c-${DIBAO} mark`).waitFor()
    t.match(await page.locator(`#c-${DIBAO}`).innerText(), before, 'in its paragraph')
    await sound(t, one, 'clause-zh-1280')
  })

  await t.test('by keyboard alone on a phone, focus always seen', async (t) => {
    const one = await visit(opened, { language: 'zh', width: 375 })
    const { page } = one
    await one.open('/')
    await page.keyboard.press('Tab')
    t.match(await focused(page), { text: '跳到正文', seen: true })
    await page.keyboard.press('Enter')
    t.match(await focused(page), { id: 'main' })
    const reach = async (wanted: (at: Focus) => boolean) => {
      for (let n = 0; n < 150; n += 1) {
        await page.keyboard.press('Tab')
        const at = await focused(page)
        if (!at.seen) t.fail(`focus is not seen on ${at.tag} ${at.id} ${at.text}`)
        if (wanted(at)) return t.pass(`reached ${at.text || at.id}`)
      }
      return t.fail('never reached')
    }
    await reach(({ label }) => label.startsWith('填入示例家庭'))
    await page.keyboard.press('ArrowDown')
    await page.keyboard.press('Enter')
    await page.waitForSelector('#f-household-members-0-dateOfBirth')
    await reach(({ text }) => text === '查看结果')
    await page.keyboard.press('Enter')
    await page.waitForSelector('article.card')
    t.match(await focused(page), { tag: 'H1', text: '查询结果' }, 'focus goes to the new screen')
    await reach(({ tag }) => tag === 'SUMMARY')
    await page.keyboard.press('Enter')
    await page.locator('article.card details[open]').first().waitFor()
    t.strictSame(one.faults, [])
  })

  const SCREENS = {
    empty: '/answer',
    start: '/interview',
    rules: '/rules',
    programme: '/rules/dongguan/minimum-living',
    documents: '/documents',
    document: '/documents/001',
    'sign-in': '/sign-in',
    'no-notice': '/notice/dongguan/minimum-living/household',
    nowhere: '/nowhere',
  }
  for (const { name: mode, ...reading } of MODES)
    await t.test(`every screen is sound: ${mode}`, async (t) => {
      const one = await visit(opened, reading)
      const { page } = one
      await one.open('/')
      await sound(t, one, `home-${mode}`)
      await fillSample(page, reading.language ?? 'zh', 'dongguan-family-with-disabled-child')
      await sound(t, one, `household-${mode}`)
      await answerOf(page, reading.language ?? 'zh')
      await sound(t, one, `answer-${mode}`)
      for (const [name, address] of Object.entries(SCREENS)) {
        await one.open(address)
        await sound(t, one, `${name}-${mode}`)
      }
    })

  await t.test('text of twice the size stays inside the window', async (t) => {
    const one = await visit(opened, { language: 'en' })
    for (const [name, address] of Object.entries({ household: '/', ...SCREENS })) {
      await one.open(address)
      await one.page.evaluate('document.documentElement.style.fontSize = "200%"')
      await sound(t, one, `${name}-twice`)
    }
  })

  await t.test('the way of reading is changed and kept', async (t) => {
    const one = await visit(opened)
    const { page } = one
    await one.open('/rules')
    await page.getByRole('button', { name: '大字' }).click()
    await page.getByRole('button', { name: '高对比度' }).click()
    await page.getByRole('button', { name: 'English' }).click()
    t.equal(await page.locator('h1').innerText(), 'Rules')
    await page.reload()
    await page.waitForSelector('h1')
    t.equal(await page.locator('h1').innerText(), 'Rules')
    t.match(await page.evaluate('({ ...document.documentElement.dataset })'), {
      type: 'large',
      contrast: 'high',
    })
    t.equal(await page.evaluate('document.documentElement.lang'), 'en')
  })

  await t.test('what fails says so and can be tried again', async (t) => {
    const one = await visit(opened, { language: 'en' })
    const { page } = one
    await page.route('**/v1/documents', (route) => route.abort())
    await one.open('/documents')
    await page.getByRole('alert').waitFor()
    t.match(await page.getByRole('alert').innerText(), /Check the network or try again/)
    await page.unroute('**/v1/documents')
    await page.getByRole('button', { name: 'Try again' }).click()
    await page.locator('table').first().waitFor()
    await one.open('/sign-in')
    await page.getByText('Nothing on this service needs signing in').waitFor()
    await page.route('**/v1/sign-in', (route) => route.abort())
    await one.open('/sign-in')
    await page.getByRole('alert').waitFor()
  })

  await t.test('a screen whose file does not come leaves the rest as it is', async (t) => {
    const one = await visit(opened, { language: 'zh', width: 375 })
    const { page } = one
    await one.open('/')
    await fillSample(page, 'zh', 'dongguan-grandparent-and-grandchild')
    await page.route('**/assets/rules-screen*', (route) => route.abort())
    await page.getByRole('link', { name: '规则', exact: true }).click()
    await page.getByRole('alert').getByText('这一页没有打开').waitFor()
    await one.picture('not-loaded-zh-375')
    t.match(await focused(page), { tag: 'H1' }, 'focus goes to the screen that says so')
    await page.getByRole('button', { name: '重试' }).click()
    await page.getByRole('alert').waitFor()
    await page.unroute('**/assets/rules-screen*')
    await page.getByRole('button', { name: '重试' }).click()
    await page.locator('article.card').first().waitFor()
    await page.getByRole('link', { name: '家庭信息', exact: true }).click()
    // What was typed is there.
    await page.getByText('成员2', { exact: true }).waitFor()
  })

  await t.test('a form that could not be sent says so in view, and is sent again', async (t) => {
    for (const { language, width, said, again } of [
      { language: 'zh', width: 375, said: '网络不通', again: '重试' },
      { language: 'en', width: 1280, said: 'The network is down', again: 'Try again' },
    ] as const) {
      const one = await visit(opened, { language, width })
      const { page } = one
      await one.open('/')
      await fillSample(page, language, 'dongguan-half-known-family')
      await page.route('**/v1/determinations', (route) => route.abort())
      await page.getByRole('button', { name: WORDS[language].submit }).click()
      const alert = page.getByRole('alert')
      await alert.waitFor()
      t.match(await alert.innerText(), said)
      t.notMatch(await alert.innerText(), /Failed to fetch/)
      t.equal(await page.evaluate('document.activeElement.getAttribute("role")'), 'alert')
      const { y = -1 } = (await alert.boundingBox()) ?? {}
      t.ok(y >= 0 && y < 800, `in view, ${y} px from the top`)
      await sound(t, one, `not-sent-${language}-${width}`)
      await page.route('**/v1/determinations', (route) =>
        route.fulfill({ status: 502, contentType: 'text/html', body: '<h1>Bad gateway</h1>' }),
      )
      await page.getByRole('button', { name: again }).click()
      await page.locator('[role=alert]:focus').waitFor()
      t.match(await alert.innerText(), said, 'what a proxy says is no answer either')
      await page.unroute('**/v1/determinations')
      await page.getByRole('button', { name: again }).click()
      await page.waitForSelector('article.card')
    }
  })

  await t.test('names and answer belong to the household that was asked about', async (t) => {
    const one = await visit(opened, { language: 'zh', width: 375 })
    const { page } = one
    await one.open('/')
    await fillSample(page, 'zh', 'dongguan-half-known-family')
    const called = page.getByLabel('称呼')
    await called.nth(1).fill('小明')
    const answer = await holdAnswers(page)
    await page.getByRole('button', { name: '查看结果' }).click()
    await page.getByText('正在判断').waitFor()
    await called.nth(1).fill('小红')
    await page.locator('#f-household-members-1-dateOfBirth').fill('1955-01-01')
    answer()
    await page.waitForSelector('article.card')
    await page.getByText('家庭信息已修改，请重新查看结果').first().waitFor()
    const main = await page.locator('main').innerText()
    t.match(main, '小明', 'as it was asked')
    t.notMatch(main, '小红')
    t.equal(await page.getByRole('button', { name: '打印' }).count(), 0, 'not to be printed')
    await page.getByText(WORDS.zh.details).first().click()
    await page.locator('article.card details[open] h4').first().waitFor()
    t.equal(await page.getByRole('link', { name: WORDS.zh.notice }).count(), 0, 'no notice')
    await sound(t, one, 'outdated-zh-375')
    await page.evaluate('location.hash = "#/notice/dongguan/minimum-living/household"')
    await page.getByRole('heading', { name: '公共服务资格告知书' }).waitFor()
    await page.getByText('家庭信息已修改').first().waitFor()
    await page.unroute('**/v1/determinations')
    await page.getByRole('link', { name: '去填写家庭信息' }).click()
    await answerOf(page, 'zh')
    t.match(await page.locator('main').innerText(), '小红')
    t.equal(await page.getByText('家庭信息已修改').count(), 0)
  })

  await t.test('who has left the form is not called back to the answer', async (t) => {
    const one = await visit(opened, { language: 'zh' })
    const { page } = one
    await one.open('/')
    await fillSample(page, 'zh', 'dongguan-half-known-family')
    const answer = await holdAnswers(page)
    await page.getByRole('button', { name: '查看结果' }).click()
    await page.getByRole('link', { name: '文件', exact: true }).click()
    await page.getByRole('heading', { name: '文件', level: 1 }).waitFor()
    const answered = page.waitForResponse('**/v1/determinations')
    answer()
    await (await answered).finished()
    await page.getByRole('link', { name: '规则', exact: true }).click()
    await page.getByRole('heading', { name: '规则', level: 1 }).waitFor()
    t.match(page.url(), /#\/rules$/)
    await page.getByRole('link', { name: '查询结果' }).click()
    await page.waitForSelector('article.card')
  })

  await t.test('going back finds the place, and what was opened', async (t) => {
    const one = await visit(opened, { language: 'zh', width: 375 })
    const { page } = one
    const top = async () => Math.round(Number(await page.evaluate('scrollY')))
    await one.open('/')
    await fillSample(page, 'zh', 'dongguan-grandparent-and-grandchild')
    const group = page.getByText('只有一个项目用到').first()
    await group.click()
    await page.locator('details.group details.group summary').first().waitFor()
    for (const one of await page.locator('details.group details.group summary').all())
      await one.click()
    const single = await page.$$eval('details.group details.group .fields > div', (fields) =>
      fields.map((field) => field.querySelector('[id^=f-household-]')?.id ?? ''),
    )
    const { programmes } = await (await page.request.get(`${opened.origin}/v1/programmes`)).json()
    t.ok(single.length > 3)
    for (const id of single) {
      const fact = id.replace('f-household-', 'household.').replace(/-label$/, '')
      const readers = programmes.filter(
        ({ jurisdiction, facts }: { jurisdiction: string; facts: string[] }) =>
          jurisdiction === '441900' && facts.includes(fact),
      )
      t.equal(readers.length, 1, `${fact} stands under the one programme that reads it`)
    }
    await answerOf(page, 'zh')
    const last = page.locator('article.card').last()
    await last.getByText(WORDS.zh.details).first().click()
    await last.getByRole('link').first().scrollIntoViewIfNeeded()
    const left = await top()
    t.ok(left > 1_000, `${left} px down`)
    await last.getByRole('link').first().click()
    await page.getByText('两条时间线').waitFor()
    t.equal(await top(), 0, 'another screen begins at its top')
    await page.goBack()
    await last.locator('details[open]').first().waitFor()
    for (let n = 0; n < 30 && (await top()) !== left; n += 1) await page.waitForTimeout(50)
    t.equal(await top(), left, 'at the same place')
    await page.goBack()
    await group.locator('xpath=ancestor::details[@open]').first().waitFor()
    const asked = page.waitForEvent('dialog')
    const leaving = page.close({ runBeforeUnload: true })
    t.equal((await asked).type(), 'beforeunload', 'what was filled in is not lost unasked')
    await (await asked).accept()
    await leaving
    t.strictSame(one.faults, [])
  })

  await t.test('people come and go with focus, and take their errors along', async (t) => {
    const one = await visit(opened, { language: 'zh' })
    const { page } = one
    await one.open('/')
    await fillSample(page, 'zh', 'dongguan-half-known-family')
    await page.getByLabel('称呼').first().fill('老王')
    await page.getByRole('button', { name: '添加成员' }).click()
    t.equal(await page.evaluate('document.activeElement.id'), 'called-m4')
    await page.locator('#f-household-members-1-dateOfBirth').fill('9999-01-01')
    await page.getByRole('button', { name: '查看结果' }).click()
    await page.waitForSelector('.summary-errors')
    const wrong = page.locator('[aria-invalid=true]')
    t.equal(await wrong.getAttribute('id'), 'f-household-members-1-dateOfBirth')
    await page.getByRole('button', { name: '删除成员2' }).click()
    t.equal(await page.evaluate('document.activeElement.id'), 'person-m3')
    t.equal(await wrong.count(), 0, 'no error at who stands there now')
    t.equal(await page.locator('.summary-errors').count(), 0)
    await page.getByText('查询哪些项目').click()
    const search = page.getByLabel('查找项目')
    await search.fill('低保')
    await search.press('Enter')
    t.match(page.url(), /#\/$/, 'Enter does not send the form')

    await page.getByRole('button', { name: '全部清空' }).click()
    const dialog = page.getByRole('dialog')
    await sound(t, one, 'clear-first-zh-1280')
    await page.keyboard.press('Escape')
    t.notOk(await dialog.isVisible())
    t.equal(await page.getByLabel('称呼').first().inputValue(), '老王', 'kept')
    t.match(await focused(page), { text: '全部清空' }, 'focus is where it was')
    await fillSample(page, 'zh', 'dongguan-grandparent-and-grandchild')
    await dialog.getByRole('button', { name: '不清空' }).click()
    t.equal(await page.getByLabel('称呼').first().inputValue(), '老王', 'kept')
    await page.getByRole('button', { name: '全部清空' }).click()
    await dialog.getByRole('button', { name: '清空', exact: true }).click()
    await page.getByText('请先选择城市。').waitFor()
    t.strictSame(one.faults, [])
  })

  await t.test('a service that is busy for a moment is asked again', async (t) => {
    const one = await visit(opened, { language: 'en' })
    const busy = {
      status: 503,
      contentType: 'application/problem+json',
      body: JSON.stringify(problemBody(new Problem('overloaded'), 'en')),
    }
    for (const address of ['**/samples.json', '**/v1/facts']) {
      let asked = 0
      await one.page.route(address, (route) => {
        asked += 1
        return asked <= 2 ? route.fulfill(busy) : route.continue()
      })
    }
    await one.open('/')
    await fillSample(one.page, 'en', 'dongguan-grandparent-and-grandchild')
    await answerOf(one.page, 'en')
    t.strictSame(one.faults, [])
  })

  await t.test(
    'the first screen needs at most 250 KB of script, other screens come when opened',
    async (t) => {
      const one = await visit(opened)
      const scripts = new Set<string>()
      one.page.on('response', (response) => {
        const { pathname } = new URL(response.url())
        if (pathname.endsWith('.js')) scripts.add(pathname)
      })
      await one.open('/')
      const size = [...scripts].reduce((sum, path) => sum + statSync(`${PAGES}${path}.gz`).size, 0)
      t.ok(size > 50_000 && size <= 250 * 1024, `${size} bytes, gzipped`)
      t.comment(`first load: ${size} bytes of script, gzipped`)
      const first = scripts.size
      await one.open('/documents')
      t.ok(scripts.size > first)
      t.notMatch(readFileSync(`${PAGES}/index.html`, 'utf8'), /documents-screen/)
    },
  )

  await t.test('the first answer is seen within a second of the click, five members', async (t) => {
    const times: number[] = []
    for (let n = 0; n < 5; n += 1) {
      // A new browser's memory each time: no script of the answer has run before.
      const one = await visit(opened)
      const { page } = one
      await one.open('/')
      await fillSample(page, 'zh', 'dongguan-half-known-family')
      for (const _ of [4, 5]) await page.getByRole('button', { name: '添加成员' }).click()
      await page.locator('#f-household-members-4-dateOfBirth').fill('2001-01-01')
      await page.waitForLoadState('networkidle')
      const seen = page.evaluate(SEEN)
      await page.getByRole('button', { name: '查看结果' }).click()
      times.push(Math.round(Number(await seen)))
      await page.context().close()
    }
    const median = [...times].sort((a, b) => a - b)[2]
    t.comment(`first answer after ${times} ms, median ${median} ms`)
    t.ok(Number(median) < 1_000, `${times} ms`)
  })
})

/** Milliseconds by the browser's clock from the next click to the frame that shows a card. */
const SEEN = `new Promise((resolve) => {
  let since
  addEventListener('click', () => { since = performance.now() }, { capture: true, once: true })
  const seen = () => setTimeout(() => resolve(performance.now() - since))
  new MutationObserver((_, watch) => {
    if (document.querySelector('article.card') === null) return
    watch.disconnect()
    requestAnimationFrame(seen)
  }).observe(document.body, { childList: true, subtree: true })
})`

/** Answers the question shown: no to all, or the least that fits. */
async function give(page: Page) {
  const no = page.locator('form input[type=radio][value=false]')
  const none = page.locator('form input[type=checkbox][value="-"]')
  const list = page.locator('form select')
  const date = page.locator('form input[type=date]')
  if (await no.count()) return no.check()
  if (await none.count()) return none.check()
  if (await list.count()) return list.selectOption({ index: 1 })
  if (await date.count()) return date.fill('1950-05-01')
  const text = page.locator('form input[type=text]')
  return text.fill((await text.getAttribute('list')) === null ? '12' : '441900')
}
