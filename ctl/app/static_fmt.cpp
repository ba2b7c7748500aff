// The part of fmt that is not in its headers, for the program that loads no library: Debian has it
// as a shared one only.
#include <fmt/format-inl.h>

FMT_BEGIN_NAMESPACE
namespace detail {

template auto thousands_sep_impl<char>(locale_ref) -> thousands_sep_result<char>;
template auto decimal_point_impl<char>(locale_ref) -> char;
#if FMT_VERSION >= 100000 && FMT_VERSION < 110000  // before, and after, a header has it
template void vformat_to<char>(buffer<char>&, basic_string_view<char>, vformat_args<char>::type,
                               locale_ref);
#endif

}  // namespace detail
FMT_END_NAMESPACE
