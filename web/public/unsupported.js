// Old browsers run this: plain old syntax only.
(function () {
  var found = /[?&]from=([^&]*)/.exec(location.search);
  var from = found ? decodeURIComponent(found[1]) : '/';
  // Only a path of this very site: never a link that leads elsewhere.
  if (!/^\/(?![\/\\])/.test(from)) from = '/';
  var links = document.getElementsByTagName('a');
  for (var i = 0; i < links.length; i += 1) {
    links[i].href = from;
    if (links[i].className === 'anyway') {
      links[i].onclick = function () {
        try {
          localStorage.setItem('kafedra.anyBrowser', 'yes');
        } catch (e) {
          // Without storage the question is asked again.
        }
      };
    }
  }
})();
