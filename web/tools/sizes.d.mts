export interface FirstLoad { screen: string; bytes: number; files: string[] }
export interface PublishedPage { name: string; bytes: number; script: boolean }
export const deskMax: number
export const publishedMax: number
export function firstLoads(): FirstLoad[]
export function notLazy(): string[]
export function publishedPages(folder: string): PublishedPage[]
