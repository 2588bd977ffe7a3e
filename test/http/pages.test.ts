import { test } from 'tap'
import { ProblemSchema } from '../../src/http/describe.js'
import { serve } from '../support/listen.js'

const FILES = {
  'index.html': '<!doctype html><title>page</title>',
  'index.html.gz': 'packed page',
  'samples.json': '[]',
  assets: {
    'page-abc.js': 'let page',
    'page-abc.js.br': 'packed br',
    'page-abc.js.gz': 'packed gz',
  },
}

test('the page stands at / under a policy that runs scripts of ours alone', async (t) => {
  const app = await serve(t, { pages: t.testdir(FILES) })
  const page = await app.inject('/')
  t.match(page, {
    statusCode: 200,
    body: FILES['index.html'],
    headers: {
      'content-type': /^text\/html/,
      'cache-control': 'no-cache',
      'content-security-policy': /script-src 'self'; style-src 'self' 'unsafe-inline';/,
      'x-content-type-options': 'nosniff',
    },
  })
  const policy = String(page.headers['content-security-policy'])
  t.match(policy, /^default-src 'none'/)
  t.notMatch(policy, /http|\*|unsafe-eval/)
})

test('files with a hash in their name are kept for ever, sent as they were packed', async (t) => {
  const app = await serve(t, { pages: t.testdir(FILES) })
  const get = (encoding: string) =>
    app.inject({ url: '/assets/page-abc.js', headers: { 'accept-encoding': encoding } })
  t.match(await get('identity'), {
    statusCode: 200,
    body: 'let page',
    headers: { 'cache-control': 'public, max-age=31536000, immutable' },
  })
  t.match(await get('gzip'), { body: 'packed gz', headers: { 'content-encoding': 'gzip' } })
  t.match(await get('br, gzip'), { body: 'packed br', headers: { 'content-encoding': 'br' } })
  t.match(await app.inject('/samples.json'), { headers: { 'cache-control': 'no-cache' } })
})

test('an unknown address is a problem, whatever the reader accepts', async (t) => {
  const app = await serve(t, { pages: t.testdir(FILES) })
  for (const url of ['/household', '/assets/none.js', '/v1/none', '/index.html.gz', '/../x']) {
    const answer = await app.inject({ url, headers: { accept: 'text/html' } })
    t.match(answer, { statusCode: 404, headers: { 'content-type': 'application/problem+json' } })
    ProblemSchema.parse(answer.json())
  }
})

test('a service without built pages serves the rest', async (t) => {
  const app = await serve(t, { pages: t.testdir({}) })
  t.equal((await app.inject('/')).statusCode, 404)
  t.equal((await app.inject('/healthz')).statusCode, 200)
})
