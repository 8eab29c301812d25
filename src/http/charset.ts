/** Knows the charsets of which some text is by chance valid UTF-8, and then says something else: 一只猫 in GBK is `һֻè`. */

const OTHER_CHARSET = /charset\s*=\s*["']?(?:gb|hz-gb|big5|shift|s-?jis|euc|iso-2022|ms9|cp9|windows-9|ks_c)/i;

/** True for text that its `content-type` declares to be in such a charset, and that is not in ASCII alone. */
export function isOfOtherCharset(text: string, contentType: string | null): boolean {
	return OTHER_CHARSET.test(contentType ?? "") && /[\u0080-\uffff]/.test(text);
}
