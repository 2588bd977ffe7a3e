import { z } from 'zod'

/** The languages every text of the product exists in; the first is the default. */
export const LANGUAGES = ['zh', 'en'] as const
export type Language = (typeof LANGUAGES)[number]

/** One text in both languages, written in our own words. */
export const Words = z
  .strictObject({
    zh: z.string().min(1).meta({ description: 'Simplified Chinese' }),
    en: z.string().min(1).meta({ description: 'English' }),
  })
  .meta({ description: 'One text in both languages' })
export type Words = Readonly<z.infer<typeof Words>>
