"use strict";
// SHA-256 (FIPS 180-4) of a text's UTF-8, in hexadecimal. Browsers offer it to secure pages only,
// and this page is to work from any host and from disk.
const sha256 = (() => {
  const root = (value, power) => Math.floor((value ** (1 / power) % 1) * 2 ** 32) | 0;
  const primes = [];
  for (let n = 2; primes.length < 64; n++) if (primes.every((p) => n % p)) primes.push(n);
  const K = primes.map((p) => root(p, 3));
  const turn = (x, by) => (x >>> by) | (x << (32 - by));
  return (text) => {
    const bytes = new TextEncoder().encode(text);
    const blocks = (bytes.length + 9 + 63) >> 6;
    const data = new DataView(new ArrayBuffer(blocks * 64));
    bytes.forEach((byte, at) => data.setUint8(at, byte));
    data.setUint8(bytes.length, 0x80);
    data.setUint32(blocks * 64 - 4, bytes.length * 8);
    const H = primes.slice(0, 8).map((p) => root(p, 2));
    const w = new Int32Array(64);
    for (let block = 0; block < blocks; block++) {
      for (let i = 0; i < 64; i++) {
        if (i < 16) w[i] = data.getInt32(block * 64 + i * 4);
        else {
          const a = w[i - 15], b = w[i - 2];
          const s0 = turn(a, 7) ^ turn(a, 18) ^ (a >>> 3);
          const s1 = turn(b, 17) ^ turn(b, 19) ^ (b >>> 10);
          w[i] = (w[i - 16] + s0 + w[i - 7] + s1) | 0;
        }
      }
      let [a, b, c, d, e, f, g, h] = H;
      for (let i = 0; i < 64; i++) {
        const t1 = (h + (turn(e, 6) ^ turn(e, 11) ^ turn(e, 25)) + ((e & f) ^ (~e & g)) + K[i] + w[i]) | 0;
        const t2 = ((turn(a, 2) ^ turn(a, 13) ^ turn(a, 22)) + ((a & b) ^ (a & c) ^ (b & c))) | 0;
        [a, b, c, d, e, f, g, h] = [(t1 + t2) | 0, a, b, c, (d + t1) | 0, e, f, g];
      }
      [a, b, c, d, e, f, g, h].forEach((value, at) => { H[at] = (H[at] + value) | 0; });
    }
    return H.map((value) => (value >>> 0).toString(16).padStart(8, "0")).join("");
  };
})();
