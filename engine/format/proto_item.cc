#include "format/proto_item.h"

#include "format/wire_reader.h"

namespace sdkprint {
namespace {

ResValue read_reference(Bytes message) {
  ResValue value{ResValue::reference, 0};
  for (WireReader field(message); field.next();) {
    if (field.number() == 1 && field.integer() == 1) value.type = ResValue::attribute;
    if (field.number() == 2) value.data = field.integer32();
  }
  return value;
}

ResValue read_primitive(Bytes message) {
  ResValue value;
  for (WireReader field(message); field.next();) {
    switch (field.number()) {
      case 3:
        value = {ResValue::floating, field.integer32()};
        break;
      case 6:
        value = {ResValue::decimal, field.integer32()};
        break;
      case 7:
        value = {ResValue::hexadecimal, field.integer32()};
        break;
      case 8:
        value = {ResValue::boolean, field.integer32()};
        break;
      case 9:
      case 10:
      case 11:
      case 12:
        value = {ResValue::first_colour, field.integer32()};
        break;
      case 13:
        value = {ResValue::dimension, field.integer32()};
        break;
      case 14:
        value = {ResValue::fraction, field.integer32()};
        break;
      default:
        break;
    }
  }
  return value;
}

/// String, RawString, StyledString and FileReference all hold their text in field 1.
Bytes first_field(Bytes message) {
  Bytes text;
  for (WireReader field(message); field.next();) {
    if (field.number() == 1) text = field.bytes();
  }
  return text;
}

}  // namespace

ProtoItem read_proto_item(Bytes message) {
  ProtoItem item;
  for (WireReader field(message); field.next();) {
    switch (field.number()) {
      case 1:
        item.value = read_reference(field.bytes());
        break;
      case 2:
      case 3:
      case 4:
      case 5:
        item = {{ResValue::string, 0}, first_field(field.bytes())};
        break;
      case 7:
        item.value = read_primitive(field.bytes());
        break;
      default:
        break;
    }
  }
  return item;
}

}  // namespace sdkprint
