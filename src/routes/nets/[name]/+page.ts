/** Thousands of nets share one page; the site's fallback serves their addresses. */
export const prerender = false;
