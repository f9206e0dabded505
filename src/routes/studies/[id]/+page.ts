/** Studies are made by visitors; the site's fallback serves their addresses. */
export const prerender = false;
