/** Fifty secrets of different kinds, as they stand in logs and messages. Made up; put together here so that no scanner takes them for real. */

export interface Planted {
  /** The line it stands in. */
  readonly line: string;
  /** What must be seen nowhere. */
  readonly secret: string;
}

const of = (before: string, secret: string, after = ''): Planted => ({ line: before + secret + after, secret });
const j = (...parts: string[]): string => parts.join('');

const jwt = j('eyJhbGciOiJIUzI1NiJ9', '.eyJzdWIiOiJ0YW5ha2EiLCJhZG0iOnRydWV9', '.dGhpc2lzbm90YXNpZ25hdHVyZQ');
const pem = 'MIIEvQIBADANBgkqhkiG9w0BAQEFAASCBKcwggSjAgEAAoIBAQC7plantedkey';

export const planted: readonly Planted[] = [
  of('db.password=', 'Tr0ub4dor&3'),
  of('2026-11-20 09:00:00 INFO connecting with password: ', 'hunter2hunter2', ' to db01'),
  of('{"user":"sato","password":"', 'pa55 word with spaces', '","ok":true}'),
  of('{"body":"{\\"passwd\\":\\"', 'escapedS3cret', '\\"}"}'),
  of("PGPASSWORD='", 'quoted-pg-pass', "' psql -h db01"),
  of('<add key="x"/><Password>', 'xmlSecret1', '</Password>'),
  of('mysqldump --user root --password ', 'cliSecret99', ' shop'),
  of('New-PSDrive -Password ', 'PsSecret77', ' -Root x'),
  of('postgres://app:', 'urlSecret42', '@db01.example.com:5432/shop'),
  of('git clone https://oauth2:', 'gitUrlSecret', '@git.example.com/a.git'),
  of('redis://:', 'redisUrlPass', '@cache.example.com:6379'),
  of('Server=db01;Database=shop;User Id=app;Pwd=', 'conn5tringPwd', ';Encrypt=true'),
  of(
    'DefaultEndpointsProtocol=https;AccountName=x;AccountKey=',
    'abcd1234efgh5678ijkl9012mnop3456qrst7890uvwx==',
    ';EndpointSuffix=core.windows.net',
  ),
  of('Authorization: Basic ', 'dXNlcjpwYXNzd29yZDEyMw=='),
  of('> Authorization: Bearer ', 'opaque-token-0123456789abcdef'),
  of('curl -H "Authorization: Digest username=sato, response=', '6629fae49393a05397450978507c4ef1', '"'),
  of('proxy-authorization: NTLM ', 'TlRMTVNTUAADAAAAGAAYAHIAAAAYABgAigAAA'),
  of('Cookie: theme=dark; session=', 'cookieSession31337'),
  of('Set-Cookie: auth=', 'setCookieAuth4242', '; Path=/; HttpOnly'),
  of('{"name":"Cookie","value":"', 'sid=harCookie777', '"}'),
  of('"cookies": [{"name": "wordpress_logged_in", "value": "', 'harCookieAny99', '", "path": "/"}]'),
  of('{"name": "password", "value": "', 'harFormPass1', '"}'),
  of('GET /reset?token=', 'resetTokenabc123def', '&x=1 HTTP/1.1'),
  of('GET /blob?sv=2024-01-01&sig=', 'Zm9vYmFyYmF6cXV4MTIz%3D', '&se=2026'),
  of('https://api.example.com/v1?api_key=', 'k3y-0123456789', '&page=2'),
  of('X-Api-Key: ', '9f8e7d6c5b4a39281706'),
  of('client_secret=', 'cl13ntS3cretValue'),
  of('aws_secret_access_key = ', j('wJalrXUtnFEMI', '/K7MDENG/bPxRfiCYEXAMPLEKEY')),
  of('using key ', j('AKIA', 'IOSFODNN7EXAMPLE'), ' in ap-northeast-1'),
  of('push with ', j('gh', 'p_', '16C7e42F292c6912E7710c838347Ae178B4a')),
  of('token ', j('github', '_pat_', '11ABCDEFG0abcdefghijkl_mnopqrstuvwxyz')),
  of('slack: ', j('xo', 'xb-', '123456789012-1234567890123-AbCdEfGhIjKlMnOp')),
  of('posting to https://hooks.slack', j('.com/services/', 'T00000000/B00000000/XXXXXXXXXXXXXXXXXXXXXXXX')),
  of('google ', j('AIz', 'aSyA-1234567890abcdefghijklmnopqrstu')),
  of('stripe ', j('sk_', 'live_', '4eC39HqLyjWDarjtT1zdp7dc')),
  of('openai ', j('sk-', 'proj-', 'abcdefghijklmnopqrstuvwxyz012345')),
  of('glpat ', j('glpat', '-', 'xYz12345abcdEFGH6789')),
  of('npm ', j('npm', '_', 'abcdefghijklmnopqrstuvwxyz0123456789')),
  of('id_token=', jwt),
  of('found ', jwt.replace('eyJz', 'eyJt'), ' in the header'),
  {
    line: `-----BEGIN RSA PRIVATE KEY-----\n${pem}\nAbCd\n-----END RSA PRIVATE KEY-----`,
    secret: pem,
  },
  {
    line: `{"key":"-----BEGIN PRIVATE KEY-----\\n${pem}escaped\\n-----END PRIVATE KEY-----\\n"}`,
    secret: `${pem}escaped`,
  },
  of('charged card ', '4111 1111 1111 1111', ' for 1200 JPY'),
  of('{"pan":"', '5555555555554444', '"}'),
  of('recovery key: ', '123456-234567-345678-456789-567890-678901-789012-890123'),
  of('installed with ', 'VK7JG-NPHTM-C97JM-9MPGT-3V66T'),
  of('    Key Content            : ', 'wifi-pass-Sakura9'),
  of('パスワードは ', 'Fuji-2026!', ' です'),
  of('my password is ', 'Kyoto#77'),
  of('verification code: ', '829104'),
];
