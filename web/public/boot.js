// Runs before anything else, in browsers of any age: plain old syntax only. It sends browsers below the
// floor (Chromium 109, Firefox 115, Safari 15) to a page that says so, and sets theme and language before
// the first paint. It is a file because the content policy forbids inline scripts.
(function () {
  var root = document.documentElement;
  var store = null;
  try {
    store = window.localStorage;
  } catch (e) {
    // Storage may be forbidden: everything then has its default.
  }
  function kept(key) {
    try {
      return store && store.getItem(key);
    } catch (e) {
      return null;
    }
  }

  function major(pattern) {
    var found = pattern.exec(navigator.userAgent);
    return found ? parseInt(found[1], 10) : 0;
  }
  function belowFloor() {
    var chromium = major(/Chrom(?:e|ium)\/(\d+)/);
    var firefox = major(/Firefox\/(\d+)/);
    var safari = major(/Version\/(\d+)[^ ]* (?:Mobile\/\S+ )?Safari/);
    if (chromium) return chromium < 109;
    if (firefox) return firefox < 115;
    if (safari) return safari < 15;
    // Someone else's engine: judge by what it can do.
    return !('noModule' in document.createElement('script')) || !window.WeakRef || !window.RTCPeerConnection;
  }
  if (belowFloor() && kept('kafedra.anyBrowser') !== 'yes') {
    location.replace('/unsupported.html?from=' + encodeURIComponent(location.pathname + location.search));
    return;
  }

  var scheme = kept('kafedra.scheme');
  if (scheme !== 'light' && scheme !== 'dark') {
    scheme = window.matchMedia && matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light';
  }
  root.setAttribute('data-mantine-color-scheme', scheme);

  var language = kept('kafedra.language');
  if (language === 'ru' || language === 'en') root.lang = language;
})();
