import swagger from '@fastify/swagger'
import swaggerUi from '@fastify/swagger-ui'
import type { FastifyInstance, FastifySchema } from 'fastify'
import {
  fastifyZodOpenApiPlugin,
  fastifyZodOpenApiTransformers,
  validatorCompiler,
} from 'fastify-zod-openapi'
import type { ZodType, z } from 'zod'
import { security, securitySchemes } from '../describe.js'

const DESCRIPTION = `Is this household entitled to this public service, on this date, under which clause?

The guide for portals stands beside this file: openapi/README.md.`

const TAGS = [
  { name: 'determinations', description: 'Answers for a household' },
  { name: 'catalogue', description: 'Programmes, rule versions, facts, documents, clauses' },
  { name: 'decisions', description: 'Decisions that are recorded, replayed and reviewed' },
  { name: 'log', description: 'The log that proves them' },
  { name: 'screenings', description: 'Registers that are decided whole' },
  { name: 'service', description: 'The service itself' },
]

/** Describes the routes as OpenAPI 3.1 from their zod schemas, and shows them at /docs. */
export async function registerDocumentation(app: FastifyInstance, issuer?: string): Promise<void> {
  // Bodies are checked where they are understood, with faults in two languages; headers are only described.
  app.setValidatorCompiler<ZodType>((route) =>
    route.httpPart === 'body' || route.httpPart === 'headers'
      ? (value) => ({ value })
      : validatorCompiler(route),
  )
  // Answers are typed when compiled; a second check of each would cost more than the answer.
  app.setSerializerCompiler(() => JSON.stringify)
  app.addHook('onRoute', ({ schema, config = {} }) => {
    if (schema !== undefined) schema.security = security(config) as FastifySchema['security']
  })
  await app.register(fastifyZodOpenApiPlugin, { documentOpts: { override: optionalWhereDefault } })
  await app.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: { title: 'Huimin 惠民', version: '1.0.0', description: DESCRIPTION },
      servers: [{ url: '/', description: 'This service' }],
      security: [],
      components: {
        securitySchemes: securitySchemes(issuer),
      },
      tags: TAGS,
    },
    ...fastifyZodOpenApiTransformers,
  })
  await app.register(swaggerUi, { routePrefix: '/docs', uiConfig: { docExpansion: 'list' } })
  app.get('/openapi.json', { schema: { hide: true } }, async (_request, reply) => {
    void reply.type('application/json; charset=utf-8')
    return JSON.stringify(app.swagger())
  })
}

/** A rule version is shown as published, where what has a default may be left out. */
function optionalWhereDefault({ jsonSchema }: { jsonSchema: z.core.JSONSchema.BaseSchema }): void {
  const { required, properties } = jsonSchema
  const needed = required?.filter((name) => Object(properties?.[name]).default === undefined)
  if (needed !== undefined) jsonSchema.required = needed
}
